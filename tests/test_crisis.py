"""A student in distress is noticed; a figure of speech is not taken for one."""

from __future__ import annotations

import pytest

from understanding.crisis import CrisisPhrases

DISTRESS = """
i want to kill myself
i wanna die
i want to die
im suicidal
thinking about sucide
i keep cutting myself
my friend is cutting herself
i took too many pills
i overdosed
my dad hits me
my stepdad touches me
i dont want to be here anymore
i dont want to live
whats the point in living
no reason to live
kms
i might kms tonight
gonna kil my self
i wish i was dead
everyone would be better off without me
someone has a gun at school
he said hes gonna shoot up the school
a kid is bringing a knife to school
i dont feel safe at home
im scared to go home
my friend wants to end her life
i want to end it all
i self harm
hes threatening to kill me
my uncle raped me
i was raped
i want to unalive myself
my mom beats me
i've been hurting myself
suiside
i cant go on anymore
i want to hurt myself
i just want to go to sleep and never wake up
"""
FIGURES_OF_SPEECH = """
this homework is killing me
im dying to know the salary
what kills a model in production
does the job kill your social life
i would die for a remote job
the bootcamp deadline is killing me
how do i shoot my shot at an internship
my mom wants me to be a nurse
do they work themselves to death
my brother beats me at chess
whats the point in learning calculus
is it a dead end job
i dont want to go to college
i dont want to live in a big city
can i cut costs on the degree
how do i kill a process in linux
does it hurt your eyes
is the market dying
can i overdo it with certificates
my coach hits hard with homework
i dont wanna wake up early for work
do people burn out
kill two birds with one stone
i could kill for a coffee
will ai kill this job
my teacher touched on this
shoot me the details
do i have to end my day at 5
i cant live without coding
am i gonna die of boredom
"""


@pytest.fixture(scope="module")
def phrases() -> CrisisPhrases:
    return CrisisPhrases()


@pytest.mark.parametrize("text", DISTRESS.strip().splitlines())
def test_distress_is_noticed(phrases: CrisisPhrases, text: str) -> None:
    """Said directly, in slang or misspelt, of oneself or a friend; also loud and among words."""
    assert phrases.found_in(text)
    assert phrases.found_in(f"idk {text.upper()}!!! sorry")


@pytest.mark.parametrize("text", FIGURES_OF_SPEECH.strip().splitlines())
def test_a_figure_of_speech_is_none(phrases: CrisisPhrases, text: str) -> None:
    """Killing homework, dying markets and chess with a brother set nothing off."""
    assert not phrases.found_in(text)
