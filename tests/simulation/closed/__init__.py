"""What a simulation must give, worked out without one: formulas of books, and days told by hand.

Nothing here shares code with what it judges. Each file is one family. A measured figure has to lie
within its interval of what the formula says, and the interval has to be narrow (see ``playing.py``).
"""
