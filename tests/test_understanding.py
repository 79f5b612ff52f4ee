"""What is read from typed texts: times, grades, hours, criteria, careers, terms, openers."""

from __future__ import annotations

import pytest

from guides.loading import Guides
from understanding.reading import Reader, is_bare
from understanding.students import bare_number
from understanding.text import fold, singular, without_opener


@pytest.fixture(scope="module")
def reader(guides: Guides) -> Reader:
    return Reader(guides)


def read(reader: Reader, text: str, name: str) -> list[str]:
    """The values of one entity in a text, in text order, each once."""
    found = [entity.value for entity in reader.entities(text) if entity.name == name]
    return list(dict.fromkeys(found))


TIMES = {
    "~2:30": "at 2:30|2.30|half two|half past two|half past 2|at 230|at 2 30|2:30 in the morning",
    "14:30": "2:30pm|at 2:30 p.m.|2.30pm|14:30|at 1430|14h30|230pm|2 30 pm|at 2 30 pm|half past 2 pm",
    "~10:15": "quarter past ten|a quarter after 10|ten fifteen",
    "~2:45": "quarter to 3|quarter of three|two forty five",
    "~2:10": "ten past two|at ten past two|10 minutes past 2",
    "~10:30": "ten thirty|ten-thirty|10:30|half 10",
    "10:30": "1030am|10:30 AM|at 1030",
    "~4:00": "at 4|@ 4|around 4|about four|4ish|around four ish|4 o'clock|4 oclock|till 4|by 4",
    "16:00": "4pm|4 pm|4 P.M.|and 4pm?|what about 4pm|at 16:00|@4pm|after 4pm",
    "~5:00": "5 in the evening|at five|before 5|what happens at 5?",
    "09:00": "9am|nine am|9:00 am",
    "12:00": "noon|at midday|at lunch time|12pm|at lunch",
    "00:00": "midnight|at midnight|12am|12 am",
    "00:30": "12:30 am|00:30|at 0:30",
    "first": "first thing|first thing in the morning|start of the day|when they start|how does the day start|at the beginning of the day",
    "last": "last thing|last thing at night|at the end of the day|before they go home|how does the day end|when they clock out",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "time"), [(text, time) for time, texts in TIMES.items() for text in texts.split("|")]
)
def test_a_time_is_read(reader: Reader, text: str, time: str) -> None:
    """A time of day has one value; `~` where morning or afternoon is open."""
    assert read(reader, text, "time") == [time]


NO_TIMES = (
    "40 hours|around 4 years|a 9 to 5 job|at 10k|by 2034|after 2 years|at 2:75|at 25:00|3-5 hours"
    "|after 4 years of college|about 20%|around 10 % of them|9th grade|about 3 months|quarter past"
    "|the 4 year degree|at 500 companies|5 hours a week|top 3 skills|100k a year|at the one place"
    "|one or two clubs|from 9 to 5|$4"
)


@pytest.mark.parametrize("text", NO_TIMES.split("|"))
def test_another_number_is_no_time(reader: Reader, text: str) -> None:
    """Lengths, money, years, ranks and shares are no times of day."""
    assert read(reader, text, "time") == []


TABLES = {
    "part": {
        "morning": "in the morning|mornings|before lunch|early in the day",
        "afternoon": "this afternoon|after lunch|arvo|second half of the day",
        "evening": "in the evening|late in the day|after work",
        "night": "at night|do they work nights|night shift|overnight",
        "": "tonight|goodnight|a knight",
    },
    "stamp": {
        "5:11": "what is said at 5:11|5:11",
        "4:00": "minute 4|4 minutes in",
        "": "5:11 pm|what is said at the end|1:2",
    },
    "grade": {
        "9": "freshman|freshmen year|9th grade|ninth grader|aged 14|grade 9|year 10",
        "10": "im a sophomore|a softmore|sophmore here|10th grader|gr 10|i'm 15|15 yo|15 years old|in tenth",
        "11": "junior|rising junior|11 grade|im 16|year 12|eleventh",
        "12": "senior year|12th|i am 18|final year|im 17|y13",
        "": "8th grade|13 years old|i'm 15 hours free|class of 2026|i have 11 hours|grade 8",
    },
    "hours": {
        "0.5": "half an hour|half hour|half an hour a week",
        "1": "an hour|1 hour|one hour|an hour a week",
        "1.5": "1.5 hours|one and a half hours|an hour and a half",
        "2": "a couple of hours|couple hours|two hours",
        "2.5": "2 and a half hours|two and a half hours a week",
        "3": "3-5 hours|3 to 5 hours a week|3 or 4 hrs|a few hours|3h",
        "7": "an hour a day|1-2 hours a day|1 hour daily",
        "10": "10+ hours|10hrs|2 hours every school day|ten hours",
        "14": "2 hours per day|2 hours a night",
        "": "how many hours|8 hours of sleep|30 minutes|hours",
    },
    "criterion": {
        "cheapest": "cheapest|cheepest|the least expensive one|less expensive|costs the least|cant afford it|on a budget",
        "most_expensive": "most expensive|priciest|costs the most|the expensive one",
        "fastest": "fastest|quickest way in|shortest|takes the least time",
        "slowest": "longest|takes longest|slowest",
        "most_common": "most common|most popular|what do most people do|the usual route",
        "least_common": "least common|rarest|least popular",
        "highest": "highest|top skill|most important skill|key skill|number one",
        "lowest": "lowest score|least important|least used",
        "compare": "degree vs bootcamp|compare them|difference between both|degree or bootcamp",
        "without_degree": "without a degree|no degree|w/o college|can i skip college|i dont wanna go to college|"
        "if i never go to college|no bachelor's",
        "degree_needed": "do i need a degree|is college worth it|do i have to go to uni|is a degree required",
        "": "how expensive is it|is it expensive|the day|salary",
    },
    "route": {
        "bootcamp": "bootcamp|boot camps|bootcmap|certificate path",
        "degree": "bachelors degree|4 year degree|univeristy|four-year degree",
        "masters": "master's|masters degree|grad school",
        "self_taught": "self taught|self-study|teach myself|on my own",
        "apprenticeship": "apprenticship|apprenticeships",
        "": "does it matter|what matters|route",
    },
    "skill": {
        "communication": "comunication|communication|people skills|talking",
        "coding": "coding|codding|programing|python skills",
        "debugging": "debuging|debugging under pressure",
        "": "taking classes|skills|login",
    },
    "stage": {
        "internship": "intership|internships|as an intern",
        "junior": "junior|as a junior|entry level|entry-level",
        "senior": "senior|how long to senior",
        "": "what to expect|sensor",
    },
    "activity": {
        "math": "maths|statistcs|calc",
        "club": "clubs|robotics club|after school",
        "class": "classes|ap class|which courses",
        "project": "project|projects",
        "": "protect it|log",
    },
    "tool": {"Docker": "docker|dokcer", "Kubernetes": "kubernets", "CI/CD": "ci/cd", "": "tools"},
    "passage": {"data_drift": "data drift|model drift|drift", "bus_night": "the lost bus", "": "draft"},
    "myth": {"same_as_devops": "devops|dev ops", "one_tool": "just one tool", "": "myths"},
    "career": {
        "mlops-engineer": "mlops|ml ops|ml-ops|MLOps Engineers|mlops enginer pay|an MLOps Engineer's day|doctor or mlops engineer",
        "moon-lighthouse-keeper": "moon keeper|moon lighthouse keepers|moon lighthose keeper pay",
        "nurse": "how much do nurses make|nurse salary|nurses|nurse or doctor",
        "teacher": "i want to be a teacher|tell me about teachers",
        "data scientist": "what does a data scientist do|data scientists",
        "": "do they work with nurses|is it like being a doctor|my teacher says it is only devops|are you a doctor|"
        "can i switch from software engineer|who is their boss|should i ask my counselor|is it just machine learning",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        (name, value, text)
        for name, table in TABLES.items()
        for value, texts in table.items()
        for text in texts.split("|")
    ],
)
def test_an_entity_is_read(reader: Reader, name: str, value: str, text: str) -> None:
    """Each text holds this one value of the entity, or none, slips of the pen included."""
    assert read(reader, text, name) == ([value] if value else [])


def test_two_values_are_both_read(reader: Reader) -> None:
    """Values of the same kind are kept side by side, in text order."""
    assert read(reader, "bootcamp or master's", "route") == ["bootcamp", "masters"]
    both = read(reader, "is it possible without college", "criterion")
    assert both == ["degree_needed", "without_degree"]
    assert read(reader, "i'm 17 with 4 hours a week", "grade") == ["12"]
    assert read(reader, "i'm 17 with 4 hours a week", "hours") == ["4"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4", 4), ("about 4", 4), ("maybe 5", 5), ("like 3", 3), ("ten", 10), ("3-5", 3), ("3 to 5", 3),
        ("4.5", 4.5), ("5 or so", 5), ("idk 4", 4), ("4!", 4), ("a few", 3), ("a couple", 2), ("half", 0.5),
        ("a", None), ("no idea", None), ("5 hours", None), ("-3", None), ("", None),
    ],
)  # fmt: skip
def test_a_bare_number_is_read(text: str, number: float | None) -> None:
    """A message that is only a number, however it is put, is that number."""
    assert bare_number(fold(text)) == number


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("4pm", True), ("and the cheapest?", True), ("what about 4pm", True), ("how much coding", True),
        ("bootcamp", True), ("in the afternoon", True), ("do i need a degree", True), ("mlops", True),
        ("how long as a junior", False), ("is the degree expensive", False), ("hello", False), ("", False),
    ],
)  # fmt: skip
def test_a_bare_value_is_known(reader: Reader, text: str, bare: bool) -> None:
    """A message is bare where nothing but values and small words is in it."""
    assert is_bare(fold(text), [vars(entity) for entity in reader.entities(text)]) == bare


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("hey what's the pay", "what's the pay"), ("no, I meant the cons", "the cons"), ("um pay?", "pay?"),
        ("No i meant the cons", "the cons"), ("and the fastest?", "the fastest?"), ("hi there", "hi there"),
        ("hey there, pay?", "pay?"), ("thanks", "thanks"), ("tell me about skills", "skills"), ("ok", "ok"),
        ("can you tell me about college", "about college"), ("lol ok so how long", "how long"),
        ("well-known companies", "well-known companies"), ("nice job", "nice job"), ("highest", "highest"),
        ("soft skills", "soft skills"), ("I’d like to know the pay", "the pay"), ("no", "no"),
    ],
)  # fmt: skip
def test_an_opener_is_dropped(text: str, rest: str) -> None:
    """Greetings, corrections and lead-ins go, unless they are all that there is."""
    assert without_opener(fold(text)) == rest


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("how much do nurses make", "how much do people in this career make"),
        ("what does an MLOps Engineer do", "what does this career do"),
        ("hey so what do moon keepers do", "what do people in this career do"),
        ("mlops vs data scientist", "this career vs data scientist"),
        ("doctor or mlops engineer", "doctor or this career"),
        ("do they work with nurses", "do they work with nurses"),
        ("MLOps Engineer's salary", "this career salary"),
    ],
)
def test_the_classifier_sees_no_career(reader: Reader, text: str, masked: str) -> None:
    """The career that a text is about is masked; one that it only mentions is not."""
    assert reader.for_classifier(text) == masked


def test_places_are_those_of_the_folded_text(reader: Reader) -> None:
    """An entity says where in the folded text it stands."""
    folded = fold("  What’s  the  BOOTCAMP cost? ")
    (route,) = [each for each in reader.entities(folded) if each.name == "route"]
    assert folded[route.start : route.end] == "bootcamp"


@pytest.mark.parametrize("pair", ["classes class", "nurses nurse", "hobbies hobby", "mlops mlops", "boss boss", "bus bus"])  # fmt: skip
def test_a_plural_is_read_as_its_singular(pair: str) -> None:
    """Plural endings go, and words that only look like plurals stay."""
    word, form = pair.split()
    assert singular(word) == form


@pytest.mark.parametrize(
    ("text", "career"),
    [
        ("how long does it take to become a dentist", "dentist"),
        ("whats it like to be a marine biologist", "marine biologist"),
        ("could you describe the career of an architect", "architect"),
        ("psycologist pay??", "psychologist"),
        ("my mom is a nurse, how much would i earn", None),
        ("is it like being a doctor", None),
        ("does a nurse earn more than someone in this job", None),
    ],
)
def test_a_career_without_a_guide_is_told_from_an_aside(
    reader: Reader, text: str, career: str | None
) -> None:
    """The career that a message is about counts; one that is only mentioned does not."""
    found = reader.careers.subject(text)
    assert (found.value if found else None) == career


def test_a_compared_career_is_read(reader: Reader) -> None:
    """A career after "than" is what this one is compared with."""
    found = reader.entities("do they earn more than nurses")
    assert ("compared_career", "nurse") in [(entity.name, entity.value) for entity in found]


def test_the_region_of_the_guides_says_nothing(reader: Reader) -> None:
    """ "In the U.S." goes, since the guide speaks of it; another country stays."""
    assert reader.for_classifier("pay in the united states?") == "pay?"
    assert reader.for_classifier("pay in canada") == "pay in canada"
