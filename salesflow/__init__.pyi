from salesflow.api import check as check
from salesflow.api import diff as diff
from salesflow.api import draw as draw
from salesflow.api import dumps as dumps
from salesflow.api import load as load
from salesflow.api import loads as loads
from salesflow.api import run_tests as run_tests
from salesflow.api import simulate as simulate
from salesflow.changes.difference import Diff as Diff
from salesflow.changes.variants import variants as variants
from salesflow.deals.deal import Deal as Deal
from salesflow.deals.refused import Refused as Refused
from salesflow.errors import LoadError as LoadError
from salesflow.errors import SalesflowError as SalesflowError
from salesflow.errors import UsageError as UsageError
from salesflow.findings import Finding as Finding
from salesflow.importing.files import import_bpmn as import_bpmn
from salesflow.process.model import Process as Process
from salesflow.reporting.site.build import site as site
from salesflow.simulation.improving.question import improve as improve
from salesflow.simulation.result import SimulationResult as SimulationResult
from salesflow.simulation.rows import rows as rows
from salesflow.spans import Span as Span

__version__: str
