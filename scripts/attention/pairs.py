"""Pairs of sentences in which one word decides what a pronoun stands for.

The first three are well known: the animal of Google's post on the transformer (2017), Levesque's trophy (2011),
Winograd's councilmen (1972). The others were written for this course, before any was measured.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """A sentence, `{}` for a word: with `first_word` the pronoun stands for `first`, with the other for `second`."""

    sentence: str
    pronoun: str
    first: str
    second: str
    first_word: str
    second_word: str


def read_pair(line: str) -> Pair:
    sentence, pronoun, nouns, words = (part.strip() for part in line.split("|"))
    return Pair(sentence, pronoun, *nouns.split("/"), *words.split("/"))


PAIRS = tuple(
    read_pair(line)
    for line in """
The animal didn't cross the street because it was too {}. | it | animal/street | tired/wide
The trophy doesn't fit in the suitcase because it is too {}. | it | trophy/suitcase | big/small
The city councilmen refused the demonstrators a permit because they {} violence.\
 | they | council/demonstrators | feared/advocated
The horse did not jump over the fence because it was too {}. | it | horse/fence | lazy/high
The dog would not swim across the river because it was too {}. | it | dog/river | frightened/cold
The truck could not pass under the bridge because it was too {}. | it | truck/bridge | tall/low
The piano did not go through the door because it was too {}. | it | piano/door | wide/narrow
The letter did not fit into the envelope because it was too {}. | it | letter/envelope | long/short
The water would not flow through the pipe because it was too {}. | it | water/pipe | thick/narrow
The child could not reach the shelf because it was too {}. | it | child/shelf | short/high
The ball broke the window because it was so {}. | it | ball/window | hard/thin
The hammer cracked the plate because it was so {}. | it | hammer/plate | heavy/fragile
The cat chased the mouse because it was {}. | it | cat/mouse | hungry/noisy
The wolf caught the rabbit because it was so {}. | it | wolf/rabbit | fast/slow
The lamp did not light the cave because it was too {}. | it | lamp/cave | weak/large
The boat could not enter the harbor because it was too {}. | it | boat/harbor | big/shallow
The plant did not grow in the soil because it was too {}. | it | plant/soil | old/dry
The key did not open the lock because it was {}. | it | key/lock | bent/rusty
The nurse called the doctor because she {} advice. | she | nurse/doctor | needed/offered
The teacher thanked the student because she had {} help. | she | teacher/student | received/given
The lawyer paid the witness because he {} the truth. | he | lawyer/witness | wanted/knew
The farmer sold the cow to the butcher because he {} money. | he | farmer/butcher | needed/offered
The guests left the hosts because they were {}. | they | guests/hosts | bored/boring
The police arrested the thieves because they {} the bank. | they | police/thieves | guarded/robbed
The fans cheered the players because they {} the match. | they | fans/players | enjoyed/won
The soup filled the bowl because there was so {} of it. | it | soup/bowl | much/little
The snow covered the roof because it was so {}. | it | snow/roof | deep/flat
""".strip().splitlines()
)
