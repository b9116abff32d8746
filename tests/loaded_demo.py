"""The demo and the sample company, loaded once in a process and copied from then on.

They are for tests that find the database empty: beside the cast, or each other, their
rows would have ids that are taken.
"""

from audits.services.demo.demo import load_demo
from audits.services.demo.sample import load_sample
from tests.copies import Copies

DEMO = Copies(load_demo)
SAMPLE = Copies(load_sample)
