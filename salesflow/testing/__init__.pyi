from salesflow.testing.asserting import assert_clean as assert_clean
from salesflow.testing.asserting import assert_ends as assert_ends
from salesflow.testing.manuals import assert_rule as assert_rule
from salesflow.testing.sound import sound_families as sound_families
from salesflow.testing.sound import sound_processes as sound_processes
from salesflow.testing.underway import deals as deals
from salesflow.testing.wild import families as families
from salesflow.testing.wild import processes as processes
