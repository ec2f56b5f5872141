"""Hostile input by the million: fuzz targets, each a file in ``targets``.

``python -m tests.fuzz.run TARGET --seconds 600`` looks for new faults (needs ``salesflow[fuzz]``);
``test_corpus.py`` replays what was found once, and ``test_targets.py`` runs each target briefly.
"""
