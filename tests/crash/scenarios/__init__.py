"""What people do, once for each thing that the bot can do; each module adds to `SCENARIOS`."""

from tests.crash.scenario import SCENARIOS as SCENARIOS
from tests.crash.scenarios import answers as answers
from tests.crash.scenarios import changes as changes
from tests.crash.scenarios import questions as questions
from tests.crash.scenarios import recurring as recurring
from tests.crash.scenarios import research as research
from tests.crash.scenarios import shortcuts as shortcuts
from tests.crash.scenarios import sign_ins as sign_ins
from tests.crash.scenarios import spaces as spaces
from tests.crash.scenarios import threads as threads
from tests.crash.scenarios import watches as watches
