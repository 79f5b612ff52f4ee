"""A whole conversation on the server: find, change, pick, ask, compare."""

from __future__ import annotations

import pytest

from components.library import find_library
from tests.served import Server, reply_text
from tests.slow.test_described import meant


def test_a_student_finds_and_compares(server: Server) -> None:
    """Each turn goes on from the one before."""
    sender = server.session()
    said = reply_text(server.ask(sender, "careers with animals"))
    assert "Veterinarian" in said and "May 2025" in said
    assert "associate's degree or less" in reply_text(server.ask(sender, "less school"))
    picked = server.ask(sender, "the second one")
    slug = picked[0]["custom"]["guide"]
    assert slug and picked[0]["custom"]["topic"] == "summary"
    paid = server.ask(sender, "how much does it pay")
    assert paid[0]["custom"]["guide"] == slug and "$" in reply_text(paid)
    compared = server.ask(sender, "compare that with a dentist")
    assert compared[0]["custom"]["topic"] == "compare" and "Dentist" in reply_text(compared)


@pytest.mark.parametrize(
    "asked",
    [
        "compare graphic designer and web developer",
        "compare graphic designers with web developers",
        "graphic designer vs web developer",
        "graphic designer vs web developer who eats better",
        "graphic designer or web developer, which is better",
        "whats the difference between a graphic designer and a web developer",
        "put a graphic designer next to a web developer for me",
        "so which pays more, a graphic designer or a web developer",
        "how does a graphic designer compare to a web developer",
    ],
)
def test_two_careers_are_compared_however_they_are_named(server: Server, asked: str) -> None:
    """The last name is no aside."""
    said = server.ask(server.session(), asked)
    assert said[0]["custom"]["topic"] == "compare"
    assert all(name in reply_text(said) for name in ("Graphic Designer", "Web Developer"))


def test_careers_that_were_talked_of_are_compared(server: Server) -> None:
    """ "Which one" stands for the last two, "which of the three" for the last three."""
    sender = server.session()
    for asked in ("how much do electricians make", "what about plumbers"):
        server.ask(sender, asked)
    pair = server.ask(sender, "which one pays more")
    assert pair[0]["custom"]["topic"] == "compare"
    assert "Electrician" in reply_text(pair) and "Plumber" in reply_text(pair)
    server.ask(sender, "and roofers?")
    three = reply_text(server.ask(sender, "which of the three pays the most"))
    assert all(name in three for name in ("Electrician", "Plumber", "Roofer"))


def test_the_likeliest_career_is_taken_and_the_others_are_named(server: Server) -> None:
    """One tap asks the same of another one; it is said once."""
    sender = server.session()
    told, also = server.ask(sender, "how much do nurses make")
    assert told["custom"]["guide"] == "registered-nurse" and also["custom"]["kind"] == "clarify"
    other = server.ask(sender, also["buttons"][0]["payload"])
    assert other[0]["custom"]["guide"] == "licensed-practical-nurse"
    assert other[0]["custom"]["topic"] == "salary"
    assert len(server.ask(sender, "and nurses in ohio?")) == 1


def test_a_named_job_after_a_list_is_asked_about(server: Server) -> None:
    sender = server.session()
    server.ask(sender, "jobs without a degree that pay well")
    said = server.ask(sender, "what about elevator mechanics, how much")
    assert said[0]["custom"]["guide"] == "elevator-mechanic"
    assert said[0]["custom"]["topic"] == "salary"


def test_nothing_is_compared_after_a_start_over(server: Server) -> None:
    """The careers of before are forgotten with all else."""
    sender = server.session()
    for asked in ("how much do electricians make", "what about plumbers", "start over"):
        server.ask(sender, asked)
    assert "Plumber" not in reply_text(server.ask(sender, "which one pays more"))


def test_a_state_goes_on_to_the_next_career(server: Server) -> None:
    """What leans on the pay in a state asks about that state; a whole question does not."""
    sender = server.session()
    server.ask(sender, "what do electricians make in texas")
    for leaning in ("and plumbers", "what about a roofer?"):
        assert "Texas" in reply_text(server.ask(sender, leaning)), leaning
    whole = reply_text(server.ask(sender, "how much does a dentist make"))
    assert "Texas" not in whole and "$" in whole


def test_this_job_is_compared_with_another(server: Server) -> None:
    """On a page that is about one career, "this job" is that career."""
    said = server.ask(server.session(), "does this job beat being a web developer")
    assert said[0]["custom"]["topic"] == "compare"
    assert all(name in reply_text(said) for name in ("MLOps Engineer", "Web Developer"))


def test_a_state_alone_is_asked_about_after_pay(server: Server) -> None:
    """Whoever says where they live after a figure wants the figure of there."""
    sender = server.session()
    server.ask(sender, "how much do police officers make")
    for told, state in (("we live in florida", "Florida"), ("im from ohio", "Ohio")):
        assert state in reply_text(server.ask(sender, told))
    server.ask(sender, "what school do they need")
    assert "Texas" in reply_text(server.ask(sender, "what about texas, for firefighters"))


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("and which grows faster", ("Baker", "Floral", "expected to grow more")),
        ("less school?", ("Baker", "Floral")),
        ("so which one should i choose", ("Baker", "depends on what you like")),
        ("where do butchers land next to those, money wise", ("Baker", "Floral", "Butcher")),
    ],
)
def test_a_comparison_goes_on(server: Server, asked: str, names: tuple[str, ...]) -> None:
    """What names no career is about those side by side; one more may join them."""
    sender = server.session()
    server.ask(sender, "bakers vs florists")
    said = server.ask(sender, asked)
    assert said[0]["custom"]["topic"] == "compare"
    assert [name for name in names if name not in reply_text(said)] == []


@pytest.mark.parametrize(
    "typed",
    [
        "my dad welds and i kinda wanna do it too, what do welders make",
        "my cousin is always out on boats and i love that stuff, how much do welders earn",
        "we had a career day and it was long but fun, so what is the pay of a welder",
    ],
)
def test_a_question_behind_a_story_is_answered(server: Server, typed: str) -> None:
    said = server.ask(server.session(), typed)
    assert (said[0]["custom"]["guide"], said[0]["custom"]["topic"]) == ("welder", "salary")


@pytest.mark.parametrize(
    ("typed", "career"),
    [
        ("how much does my school bus driver make", "School Bus Driver"),
        ("what does my dentist earn", "Dentist"),
        ("rip. what about telemarketers", "Telemarketer"),
    ],
)
def test_a_career_of_somebody_near_is_asked_about(server: Server, typed: str, career: str) -> None:
    """ "My" makes no other career of it, and a sigh before it neither."""
    sender = server.session()
    server.ask(sender, "how much do welders make")
    assert career in reply_text(server.ask(sender, typed))


def test_a_career_that_is_only_likened_is_not_taken_up(server: Server) -> None:
    """Who jokes of a babysitter for robots goes on with the career in use."""
    sender = server.session()
    server.ask(sender, "what does an mlops engineer do")
    server.ask(sender, "so basically a glorified babysitter for robots lol")
    paid = server.ask(sender, "ok whats the pay")
    assert paid[0]["custom"]["guide"] == "mlops-engineer"


def test_a_year_of_pay_is_told_by_the_hour(server: Server) -> None:
    """By the hours that the publisher counts for a year; the yearly figure stands beside it."""
    sender = server.session()
    server.ask(sender, "how much do lifeguards make")
    assert "2,080 hours" in reply_text(server.ask(sender, "how much is that per hour"))


def test_careers_are_compared_beside_a_wish(server: Server) -> None:
    """What a student does not want is no reason to forget the two that were named."""
    said = server.ask(
        server.session(), "compare paramedic and dentist. i like people but not blood"
    )
    assert said[0]["custom"]["topic"] == "compare"


def test_a_career_is_set_beside_this_one(server: Server) -> None:
    said = server.ask(server.session(), "does a registered nurse make more than this job")
    assert said[0]["custom"]["topic"] == "compare"
    assert all(name in reply_text(said) for name in ("MLOps Engineer", "Registered Nurse"))


def test_a_bare_how_much_after_a_comparison_compares_the_pay(server: Server) -> None:
    sender = server.session()
    server.ask(sender, "which takes more school, a baker or a dentist")
    said = server.ask(sender, "how much is it")
    assert "higher median pay" in reply_text(said) and "Dentist" in reply_text(said)


@pytest.mark.parametrize(
    ("asked", "holds", "lacks"),
    [
        ("how much does the other one make", "Baker", "Floral"),
        ("how much does the second one make", "Floral", "Baker"),
        ("thanks that makes sense", "", "side by side"),
        ("what jobs pay the most", "", "Baker"),
        ("ok which one is better paid", "higher median pay", "depends on"),
        ("how much do ghost hunters make", "no guide", "Baker"),
    ],
)
def test_after_a_comparison_other_things_are_asked(
    server: Server, asked: str, holds: str, lacks: str
) -> None:
    """One of the two, or nothing of either."""
    sender = server.session()
    server.ask(sender, "bakers vs florists")
    said = reply_text(server.ask(sender, asked))
    assert holds in said and lacks not in said


def test_what_is_not_wanted_is_not_compared(server: Server) -> None:
    typed = "i want to work in a hospital but not as a nurse or a doctor"
    said = server.ask(server.session(), typed)
    assert said[0]["custom"]["topic"] != "compare"


@pytest.mark.parametrize(
    ("before", "asked", "holds", "lacks"),
    [
        ("roofer pay", "hold on, my stepdad says its more in florida", "Florida", "MLOps"),
        ("roofer pay", "and what about nj?", "New Jersey", "MLOps"),
        ("roofer pay", "texas or florida tho", "Texas", "no guide"),
        ("tell me about roofers", "is it true that they get more in alaska", "Alaska", "MLOps"),
        ("compare roofers and bakers", "and in oregon", "Oregon", "MLOps"),
        ("compare roofers and bakers", "ok the second one in florida", "Bakers", "Roofer"),
        ("tell me about roofers", "can roofers in nevada join a union", "does not say", "$"),
        ("tell me about roofers", "do they need a permit in nevada for that", "", "$"),
    ],
)
def test_a_state_asks_for_the_pay_there(
    server: Server, before: str, asked: str, holds: str, lacks: str
) -> None:
    """However the rest of a message is read; but what no guide answers stays so."""
    sender = server.session()
    server.ask(sender, before)
    said = reply_text(server.ask(sender, asked))
    assert holds in said and lacks not in said, said


@pytest.mark.parametrize(
    "asked",
    [
        "my dad is an electrician my mom is a dentist, who makes more",
        "dentist and electrician pay",
        "she wants to be a dentist, i want to be an electrician. what does each one earn",
    ],
)
def test_two_careers_of_one_message_are_weighed(server: Server, asked: str) -> None:
    """Also those of somebody near, and those that a list names."""
    said = reply_text(server.ask(server.session(), asked))
    assert "Dentist" in said and "Electrician" in said


@pytest.mark.parametrize(
    ("asked", "career"),
    [
        ("is bookkeeping dying", "bookkeeper"),
        ("oh ok. barber. how much do they get", "barber"),
        ("they still do data entry? how much does it pay", "data-entry-clerk"),
        ("my moms a welder and shes always tired. how much do they earn", "welder"),
        ("my cousin drives a school bus. how much do people get for it", "school-bus-driver"),
        ("how much for a dental assistant", "dental-assistant"),
        ("what does a plumber basically do", "plumber"),
    ],
)
def test_a_career_is_asked_about_however_it_is_said(
    server: Server, asked: str, career: str
) -> None:
    """By the kind of work, after filler, as that of somebody near, or by what is driven."""
    assert server.ask(server.session(), asked)[0]["custom"]["guide"] == career


def test_the_career_of_the_page_is_kept_apart(server: Server) -> None:
    """Whatever was talked of since; also in a quiz that was started for it."""
    sender = server.session()
    server.ask(sender, "tell me about bakers")
    said = server.ask(sender, "quiz me on the job on this page")
    assert "1 of 5" in reply_text(said)
    assert "2 of 5" in reply_text(server.ask(sender, "yes"))
    server.ask(sender, "stop")
    server.ask(sender, "tell me about carpenters")
    work = server.ask(sender, "do they do the job on the site or in a shop")
    assert work[0]["custom"]["guide"] == "carpenter"


def test_careers_that_may_be_told_are_not_taken_up(server: Server) -> None:
    """A list of guesses is no answer: what is asked next is not asked of the first of them."""
    sender = server.session()
    server.ask(sender, "tell me about bakers")
    told = "and somebody who checks things all day for a company, what is that called"
    assert server.ask(sender, told)[0]["custom"]["kind"] == "clarify"
    assert server.ask(sender, "how much do they make")[0]["custom"]["guide"] == "baker"


def test_a_word_is_explained_beside_an_answer(server: Server) -> None:
    """In the quiz a student answers and asks at once; both are heard."""
    sender = server.session()
    server.ask(sender, "take the fit quiz")
    said = reply_text(server.ask(sender, "not sure. whats a pipeline"))
    assert "2 of 5" in said and "pipeline" in said.lower()


def test_a_state_beside_a_picked_career_asks_its_pay_there(server: Server) -> None:
    """After a comparison the pick may be all that is said beside the state."""
    sender = server.session()
    server.ask(sender, "chef or baker, who makes more")
    paid = server.ask(sender, "2nd one in ohio")
    assert (paid[0]["custom"]["topic"], paid[0]["custom"]["guide"]) == ("salary", "baker")
    assert "Ohio" in reply_text(paid)


@pytest.mark.parametrize(
    "asked",
    ["how many carpenters are self employed", "do carpenters mostly own their business",
     "are there many carpenters without a boss"],
)  # fmt: skip
def test_how_many_work_for_themselves_is_told(server: Server, asked: str) -> None:
    """As counted; a guide that lacks it says so."""
    assert "work for themselves" in reply_text(server.ask(server.session(), asked))
    lacking = server.ask(server.session(), "how many of them are self employed")
    assert "does not say how many" in reply_text(lacking)


@pytest.mark.parametrize(
    ("before", "asked", "names"),
    [
        (
            "how long do chemists go to school",
            "ok what about pharmacists is it less school",
            "Chemist",
        ),
    ],
)
def test_a_career_is_weighed_against_the_one_in_use(
    server: Server, before: str, asked: str, names: str
) -> None:
    """ "Less school" beside a name compares the two, and looks for no others."""
    sender = server.session()
    server.ask(sender, before)
    said = server.ask(sender, asked)
    assert said[0]["custom"]["topic"] == "compare", reply_text(said)
    assert names in reply_text(said)


@pytest.mark.parametrize(
    "asked", ["ok first one whats it pay", "n the second one what does it pay"]
)
def test_one_of_a_list_is_asked_about_without_an_article(server: Server, asked: str) -> None:
    """What is asked is asked of that one."""
    sender = server.session()
    server.ask(sender, "careers with animals")
    paid = server.ask(sender, asked)
    assert paid[0]["custom"]["topic"] == "salary"
    assert paid[0]["custom"]["guide"] not in (None, "mlops-engineer")


@pytest.mark.parametrize("asked", ["no wait sorry maryland", "ok do maryland"])
def test_another_state_is_asked_about_in_passing(server: Server, asked: str) -> None:
    """After the pay in a state hardly more than another one is its pay."""
    sender = server.session()
    server.ask(sender, "what do barbers make in georgia")
    assert "In Maryland" in reply_text(server.ask(sender, asked))


def test_a_career_is_gone_back_to_by_a_word_of_its_family(server: Server) -> None:
    """ "The writing one" is the writer."""
    sender = server.session()
    for asked in ("what do writers earn", "and art directors"):
        server.ask(sender, asked)
    again = server.ask(sender, "go back to the writing one, what do u study for it")
    assert again[0]["custom"]["guide"] == "writer-or-author", reply_text(again)


def test_a_listed_career_is_picked_by_its_place(server: Server) -> None:
    """However it is asked for; what follows is about it."""
    sender = server.session()
    listed = server.ask(sender, "jobs without a degree that pay over 60k")
    second = reply_text(listed).split("2. ")[1].split(":")[0]
    picked = server.ask(sender, "tell me bout the 2nd one")
    after = server.ask(sender, "what do you need to get started")
    slugs = {str(reply["custom"]["guide"]) for reply in (*picked, *after)}
    titles = {find_library()[slug].title for slug in slugs}
    assert titles == {second}


def test_of_two_that_were_compared_the_first_is_asked_the_same(server: Server) -> None:
    """As the second one was."""
    sender = server.session()
    server.ask(sender, "compare a computer systems analyst and a social services manager")
    second = reply_text(server.ask(sender, "for the second one, how many hold a master's degree"))
    assert "Social Services Managers" in second
    first = server.ask(sender, "whereas for the first?")
    assert first[0]["custom"]["guide"] == "computer-systems-analyst"
    assert "Master's degree" in reply_text(first)


def test_the_same_question_is_asked_of_one_talked_of(server: Server) -> None:
    """Which is told by a word of its title."""
    sender = server.session()
    for text in ("what do data scientists do", "what do plumbers do", "do they need a degree"):
        server.ask(sender, text)
    again = server.ask(sender, "ok back to the data one, same question")
    assert (again[0]["custom"]["guide"], again[0]["custom"]["topic"]) == (
        "data-scientist",
        "education",
    )


@pytest.mark.parametrize(
    "asked", [["why do carpenters earn so little"], ["what do barbers earn in ohio", "how come its less there"]]
)  # fmt: skip
def test_no_reason_is_made_up_for_a_pay(server: Server, asked: list[str]) -> None:
    """The tables count what is paid, and do not say why."""
    sender = server.session()
    *_, last = [server.ask(sender, text) for text in asked]
    assert "does not say why" in reply_text(last)


def test_who_leaves_open_which_career_goes_on_with_the_likeliest(server: Server) -> None:
    """Not with that of the page, which was not asked about."""
    sender = server.session()
    asked = server.ask(sender, "i look after a bunch of oil wells, pay?")
    likeliest = meant(asked)
    assert "mlops-engineer" not in likeliest
    paid = server.ask(sender, "and in texas")
    assert paid[0]["custom"]["guide"] in likeliest and "Texas" in reply_text(paid)
