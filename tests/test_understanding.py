"""What is read from typed texts: times, grades, hours, criteria, careers, terms, openers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guides.schema import Guide
from understanding.entity import Entity
from understanding.reading import Reader, is_bare
from understanding.students import bare_number
from understanding.terms import Terms
from understanding.text import fold, singular, without_closer, without_opener

TERMS = Terms()


def read(reader: Reader, text: str, name: str, *guides: Guide) -> list[str]:
    """The values of one entity in a text, in text order, each once; also of the guides' terms."""
    entities = [*reader.entities(text), *terms(text, *guides)]
    found = [entity.value for entity in entities if entity.name == name]
    return list(dict.fromkeys(found))


def terms(text: str, *guides: Guide) -> list[Entity]:
    """The parts of some guides that a text speaks of."""
    return [entity for guide in guides for entity in TERMS.find(guide, text)]


TIMES = {
    "~2:30": "at 2:30|2.30|half two|half past two|half past 2|at 230|at 2 30|2:30 in the morning|2:30ish|at 2:30 ish|ok what about 230|how about 2 30",
    "14:30": "2:30pm|at 2:30 p.m.|2.30pm|14:30|at 1430|14h30|230pm|2 30 pm|at 2 30 pm|half past 2 pm|1430h|two thirty pm",
    "~10:15": "quarter past ten|a quarter after 10|ten fifteen|15 past 10|at fifteen past ten",
    "~2:45": "quarter to 3|quarter of three|two forty five|quarter till three|15 minutes to 3",
    "~8:45": "quarter to nine|a quarter to 9",
    "15:45": "quarter to 4pm|a quarter to four p.m.",
    "~12:45": "quarter to one|a quarter to 1",
    "11:45": "quarter to 12pm",
    "~2:10": "ten past two|at ten past two|10 minutes past 2|ten after two|10 mins after 2",
    "~3:50": "ten to four|ten to 4|at 10 to 4|10 minutes to 4|ten till four|about ten to four|ten minutes before 4",
    "15:50": "ten to four pm|at 10 to 4pm",
    "~5:35": "twenty five to six|twenty-five to six",
    "~9:55": "5 to 10|five to ten|at 5 to 10|what about 5 to 10|and 5 to 10?",
    "~10:30": "ten thirty|ten-thirty|10:30|half 10|at half ten",
    "~9:20": "at nine twenty|around 9 twenty",
    "~9:05": "at nine oh five|at 9:05",
    "09:05": "nine five am|at 9 5 am",
    "~9:59": "before 10|right before ten|what comes before 10?",
    "16:59": "just before 5pm|before 5 pm",
    "10:30": "1030am|10:30 AM|at 1030",
    "~4:00": "at 4|oops i meant 4|@ 4|around 4|about four|4ish|around four ish|4 o'clock|4 oclock|till 4|by 4|around 4 ish|4-ish|4 in the afternoon|"
    "four this afternoon|4 sharp|like 4ish",
    "~2:00": "between 2 and 3|2ish|between two and three|between 2 and 4 in the afternoon|2 ish",
    "14:00": "2-3pm|between 2 and 3 pm|between 2pm and 3pm|2 to 3 pm|1400h|at 1400 hours|at 1400 hrs",
    "16:00": "at 16h|between 1600 and 1700|from 1600 to 1730|4pm|4 pm|4 P.M.|and 4pm?|what about 4pm|at 16:00|@4pm|after 4pm|around 4 pm|4pmish|4pm-ish|16h00|4 p m",
    "~5:00": "5 in the evening|at five|what happens at 5?",
    "03:00": "at 3 am|3am|do they get pinged at 3 a.m.|about 3 am",
    "09:00": "9am|nine am|9:00 am|9-10am|9 - 10 am|between 9 and 10am|from 9 to 10 am|what do they do 9-10 am|0900h|0900 hours|at 0900",
    "11:00": "11-1pm|11am to 1pm",
    "12:00": "noon|at midday|at lunch time|12pm|at lunch|noonish|noon-ish|12 noon|mid day|during lunch|around lunch",
    "00:00": "midnight|at midnight|12am|12 am|12 midnight",
    "00:30": "12:30 am|00:30|at 0:30",
    "first": "first thing|first thing in the morning|start of the day|when they start|how does the day start|"
    "at the beginning of the day|start of day|when they clock in|when they get to work",
    "last": "last thing|last thing at night|at the end of the day|before they go home|how does the day end|when they clock out|"
    "end of day|eod|by end of day|at day's end|close of business",
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
    "|one or two clubs|from 9 to 5|$4|i have two brothers|24/7|top 10|5 stages|4 year degree|60%"
    "|in 2034|step 3|python 3|python 3.10|im 5 foot 10|grade on my essay|a gpa of 3.25|3.20 gpa"
    "|from 1 to 10|on a scale of 1 to 10|from 5 to 10|5 to 10 hours|10 to 20 minutes|9-5|9-5pm"
    "|five to ten people|20 to 25 percent|between 2 and 4 years|between 9 and 5|between 10 and 12th"
    "|between 10 and 20 people|ways to get experience at 16|by 18|two to three years|5 to 10 a week"
    "|$14.50|room 12|one in ten|ten of them|2 to 4 years|ten to learn|between one and two clubs"
    "|after noon|before noon|after lunch|the difference between 2 and 3|2000 hours|16h a week|3 to 5|10-12"
    "|is 10 to 4 normal|im in grade 10 am i late|from 9 to 5pm|half of 10 people|two thirty minute classes|10ish hours|someone am i|ubuntu 22.04|at 250 companies|after 3 tries|windows 11|15 to 20 hours|about 5 to 10 clubs|at ten companies"
)


@pytest.mark.parametrize("text", NO_TIMES.split("|"))
def test_another_number_is_no_time(reader: Reader, text: str) -> None:
    """Lengths, money, years, ranks and shares are no times of day."""
    assert read(reader, text, "time") == []


TABLES = {
    "part": {
        "morning": "in the morning|mornings|before lunch|early in the day|mid morning|midmorning|early morning|crack of dawn|"
        "before noon|first half of the day|in the am|8 in the mornin",
        "afternoon": "this afternoon|after lunch|arvo|second half of the day|late afternoon|mid-afternoon|4 in the afternoon|"
        "after noon|midafternoon|in the pm",
        "evening": "in the evening|late in the day|after work|late evening|at dusk",
        "night": "at night|do they work nights|night shift|overnight|late at night|middle of the night|10 at night",
        "": "tonight|goodnight|a knight|good morning|good night|good evening all|4 pm",
    },
    "stamp": {
        "5:11": "what is said at 5:11|5:11",
        "4:00": "minute 4|4 minutes in",
        "": "5:11 pm|what is said at the end|1:2",
    },
    "grade": {
        "9": "freshman|freshmen year|9th grade|ninth grader|aged 14|grade 9|year 10|in 9th|grade nine|im fourteen|"
        "first year of high school|9 th grade|year ten",
        "10": "im a sophomore|a softmore|sophmore here|10th grader|gr 10|i'm 15|15 yo|15 years old|in tenth|sophomore|10th grade|"
        "Year 11|grade ten|fifteen years old|15-year-old|im fifteen|10nth grade|ten grade|gr.10|15 yr old|year eleven|second year of high school",
        "11": "junior|rising junior|11 grade|im 16|year 12|eleventh|im 16 y/o|going into 11th grade|grade eleven|my age is 16|"
        "i just turned sixteen|16yo|i turn 16 in may|lower sixth",
        "12": "senior year|12th|i am 18|final year|im 17|y13|rising senior|hs senior|12th grader|grade twelve|im 17 and a half|"
        "last year of high school|seventeen y/o|upper sixth|17 y.o.|grade: 12",
        "8": "8th grade|grade 8|junior high|an eighth grader|im in middle school",
        "7": "7th grade",
        "": "13 years old|i'm 15 hours free|class of 2026|i have 11 hours|grade on my essay|im 5 foot 10|top 10|"
        "i'm 15 minutes away|the 12th of may|may 12th|10th place|junior role|as a junior engineer|freshman in college|"
        "senior position|ten grades|step 11|10th floor|at the eleventh hour|good grades|i have two brothers|24/7|im 15%|before i turn 18|more senior people",
    },
    "hours": {
        "0.5": "half an hour|half hour|half an hour a week|30 min per week",
        "1": "an hour|1 hour|one hour|an hour a week|an hour or two|1-2 hrs on weekends|an hour every weekend|4 hours a month|"
        "60 minutes a week|30 minutes twice a week|one hour on saturdays",
        "1.5": "1.5 hours|one and a half hours|an hour and a half|90 mins a week|90 minutes per week",
        "2": "a couple of hours|couple hours|two hours|2h/wk|2 hrs/week|an hour twice a week|an hour on each weekend day",
        "2.25": "20 mins a day",
        "2.5": "2,5 hours|2 1/2 hours a week|2½ hours|2 hours 30 minutes|2 and a half hours|two and a half hours a week|30 mins on school days",
        "3": "3-5 hours|3 to 5 hours a week|3 or 4 hrs|a few hours|3h|between 3 and 5 hours|3-4 hrs weekly",
        "3.5": "30 minutes a day|half an hour a day|30 min every day|30-60 mins daily|an hour every other day|thirty minutes each day",
        "5.25": "45 min daily|45 minutes a day",
        "6": "2 hours 3 times a week|2 hours three times a week|2h 3x a week|three hours on saturday and sunday",
        "7": "an hour a day|1-2 hours a day|1 hour daily|an hour every night|1hr/day|60 min a day|an hour everyday",
        "10": "10+ hours|10hrs|2 hours every school day|ten hours|like ten hours per week|2 hours on weekdays|2 hrs on school days|2 hours a day on weekdays",
        "10.5": "an hour and a half a day|1.5 hrs each night|90 min a night",
        "14": "2 hours per day|2 hours a night|two hours each evening",
        "25": "twenty five hours|twenty-five hrs a week|25 hours",
        "30": "thirty hours|30 hrs|thirty hours a week",
        "": "how many hours|8 hours of sleep|30 minutes|hours|rush hour|hour by hour|in 20 minutes|5 minutes away|24/7|"
        "a 40 minute drive|45 min|top 10|at 1400 hours|i have two brothers",
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
        "mlops-engineer": "mlops|ml ops|ml-ops|MLOps Engineers|mlops enginer pay|an MLOps Engineer's day|"
        "ml ops enginer|mlop engineer|MLOps-Engineer|m.l.ops engineer|machine lerning operations engineer|M.L. Ops|mlop|"
        "machine lerning operatons engineer|mlopsengineer|mlops enginners|mlops-enginere pay",
        "moon-lighthouse-keeper": "moon keeper|moon lighthouse keepers|moon lighthose keeper pay",
        "doctor": "doctor or mlops engineer",
        "registered-nurse": "how much do nurses make|nurse salary|nurses|nurse or doctor",
        "teacher": "i want to be a teacher|tell me about teachers",
        "data-scientist": "what does a data scientist do|data scientists",
        "": "do they work with nurses|is it like being a doctor|my teacher says it is only devops|are you a doctor|"
        "can i switch from software engineer|who is their boss|should i ask my counselor|is it just machine learning|"
        "who is the author|python interpreter|do they tailor models|which recruiter should i write to|a model host|"
        "can a tutor help me|a kubernetes operator|web server|is there a page for this|she said oh so machine learning is fine|machine learning as a major|a school fundraiser|on my budget",
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
def test_an_entity_is_read(
    reader: Reader,
    repair: Callable[[str], str],
    mlops: Guide,
    keeper: Guide,
    name: str,
    value: str,
    text: str,
) -> None:
    """Each text holds this one value of the entity, or none, slips of the pen included."""
    typed = repair(text) if name == "career" else text
    assert read(reader, typed, name, mlops, keeper) == ([value] if value else [])


def test_two_values_are_both_read(reader: Reader, mlops: Guide) -> None:
    """Values of the same kind are kept side by side, in text order."""
    assert read(reader, "bootcamp or master's", "route", mlops) == ["bootcamp", "masters"]
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
        ("4pm", True), ("what about 4pm", True), ("how much coding", True),
        ("bootcamp", True), ("in the afternoon", True), ("mlops", True),
        ("how long as a junior", False), ("is the degree expensive", False), ("hello", False), ("", False),
    ],
)  # fmt: skip
def test_a_bare_value_is_known(reader: Reader, mlops: Guide, text: str, bare: bool) -> None:
    """A message is bare where nothing but values and small words is in it."""
    entities = [*reader.entities(text), *terms(text, mlops)]
    assert is_bare(fold(text), [vars(entity) for entity in entities]) == bare


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("hey what's the pay", "what's the pay"), ("no, I meant the cons", "the cons"), ("um pay?", "pay?"),
        ("No i meant the cons", "the cons"), ("and the fastest?", "the fastest?"), ("hi there", "hi there"),
        ("hey there, pay?", "pay?"), ("thanks", "thanks"), ("tell me about skills", "skills"), ("ok", "ok"),
        ("can you tell me about college", "about college"), ("lol ok so how long", "how long"),
        ("well-known companies", "well-known companies"), ("nice job", "nice job"), ("highest", "highest"),
        ("soft skills", "soft skills"), ("omg is it hard", "is it hard"), ("wow", "wow"),
        ("robot technician pay", "robot technician pay"), ("sorry to bother you but how long", "how long"),
        ("just curious what they make", "what they make"),
        ("bro is a plumber what does he make", "bro is a plumber what does he make"), ("bro how long", "how long"), ("ok so um like what is it", "what is it"),
        ("I’d like to know the pay", "the pay"), ("no", "no"),
    ],
)  # fmt: skip
def test_an_opener_is_dropped(text: str, rest: str) -> None:
    """Greetings, corrections and lead-ins go, unless they are all that there is."""
    assert without_opener(fold(text)) == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("what do they do lol", "what do they do"), ("is it hard? thanks!", "is it hard?"),
        ("tell me the hours pls and thank you", "tell me the hours"), ("thanks", "thanks"),
        ("do they travel. Thank you for your time.", "do they travel"), ("that helped thanks", "that helped thanks"),
        ("no that's all, thank you", "no that's all, thank you"), ("how much lol", "how much lol"),
        ("what do they do for a laugh", "what do they do for a laugh"), ("what do they do bro", "what do they do"),
        ("what does he pay my bro", "what does he pay my bro"),
    ],
)  # fmt: skip
def test_a_closer_is_dropped(text: str, rest: str) -> None:
    """Thanks and sounds go behind what asks something; else they may be what is said."""
    assert without_closer(fold(text)) == rest


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("how much do nurses make", "how much do people in this career make"),
        ("what does an MLOps Engineer do", "what does this career do"),
        ("hey so what do moon keepers do", "what do people in this career do"),
        ("mlops vs data scientist", "this career vs data scientist"),
        ("doctor or mlops engineer", "this career or mlops engineer"),
        (
            "i dont want to be a nurse, what do welders do",
            "i dont want to be a nurse, what do people in this career do",
        ),
        ("do they work with nurses", "do they work with nurses"),
        ("MLOps Engineer's salary", "this career salary"),
    ],
)
def test_the_classifier_sees_no_career(reader: Reader, text: str, masked: str) -> None:
    """The career that a text is about is masked; one that it only mentions is not."""
    assert reader.for_classifier(text) == masked


def test_places_are_those_of_the_folded_text(mlops: Guide) -> None:
    """An entity says where in the folded text it stands."""
    folded = fold("  What’s  the  BOOTCAMP cost? ")
    (route,) = [each for each in terms(folded, mlops) if each.name == "route"]
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
        ("who wouldnt like being a social worker", "social worker"),
        ("what is it like being a nurse", "registered-nurse"),
        ("i want to be a lawer", "lawyer"),
        ("are flight attendents always away", "flight-attendant"),
        ("do they actualy help people", None),
        ("as a teacher i need the sources", None),
        ("i'm a swimmer and train every evening", None),
        ("i work as a waiter, can i do this", None),
        ("my sister who's a nurse says it's hard", None),
        ("do you need to be a mathematician to do this", None),
        ("nurse or this, which pays more", None),
        ("cna you tell me what they earn", None),
        ("what do i need to be a vet", "veterinarian"),
        ("as a nurse how much would i make", "registered-nurse"),
        ("do you have to be a surgeon to earn well", "orthopedic-surgeon"),
        ("does a nurse earn more than someone in this job", None),
        ("what do electricians have to do in their job", "electrician"),
        ("how do i become a plumber or do they need a degree", "plumber"),
        ("and for plumbers?", "plumber"),
        ("i like it here. what do plumbers do", "plumber"),
    ],
)
def test_a_career_is_told_from_an_aside(
    reader: Reader, repair: Callable[[str], str], text: str, career: str | None
) -> None:
    """The career that a message is about counts; one that is only mentioned does not."""
    found = reader.careers.subject(repair(text))
    assert (found.value if found else None) == career


@pytest.mark.parametrize("part", ["at 1 ", "1", "1 to ", "between 1 and ", "need ", "half a ", "1:1 ", "twenty-five "])  # fmt: skip
def test_a_text_full_of_values_is_read(reader: Reader, part: str) -> None:
    """Every value lies within the text, also where each part of it looks like one."""
    text = (part * 500)[:500]
    assert all(0 <= each.start < each.end <= len(text) for each in reader.entities(text))


def test_a_compared_career_is_read(reader: Reader) -> None:
    """A career after "than" is what this one is compared with."""
    found = reader.entities("do they earn more than nurses")
    assert ("compared_career", "registered-nurse") in [
        (entity.name, entity.value) for entity in found
    ]


def test_the_region_of_the_guides_says_nothing(reader: Reader) -> None:
    """ "In the U.S." goes, since the guide speaks of it; another country stays."""
    assert reader.for_classifier("pay in the united states?") == "pay?"
    assert reader.for_classifier("pay in canada") == "pay in canada"
