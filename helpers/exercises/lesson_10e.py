"""The exercises of lesson 10e."""

from collections import Counter, defaultdict

from helpers import check
from helpers.exercises import exercise


@exercise
def check_best_without_looking():
    """Exercise 1: the most that words alone can reach."""

    def best(pairs, one_pile=False, of_texts=False, count=False, least=False):
        piles = defaultdict(Counter)
        for text, answer in pairs:
            piles["" if one_pile else text][answer] += 1
        most = [(min if least else max)(pile.values()) for pile in piles.values()]
        if of_texts:
            return sum(m / pile.total() for m, pile in zip(most, piles.values(), strict=True)) / len(piles)
        return sum(most) if count else sum(most) / len(pairs)

    there, colour = "is there a bird?", "what colour is the cow?"
    cases = [
        ("two texts", [(there, "no"), (there, "yes"), (there, "yes"), (colour, "white")]),
        ("balanced", [(there, "yes"), (there, "no"), (colour, "white"), (colour, "brown")]),
        ("one question", [(colour, "brown")]),
        ("three answers", [(colour, word) for word in ("brown", "white", "white", "white", "black")]),
        ("texts of unlike number", [(there, "no")] * 6 + [(there, "yes")] * 3 + [(colour, "red"), (colour, "white")]),
    ]
    return check.Exercise(
        "best_without_looking",
        cases=[check.case(pairs, expected=best(pairs), name=name) for name, pairs in cases],
        mistakes=[
            check.mistake("each text has its own most common answer", lambda p: best(p, one_pile=True)),
            check.mistake("every question counts once: no mean of the texts' shares", lambda p: best(p, of_texts=True)),
            check.mistake("give the share of the questions, not their number", lambda p: best(p, count=True)),
            check.mistake("take the most common answer, not the rarest", lambda p: best(p, least=True)),
        ],
    )


@exercise
def check_clipped():
    """Exercise 2: several true captions."""

    def runs(text, n):
        words = text.split()
        return Counter(tuple(words[k : k + n]) for k in range(len(words) - n + 1))

    def clipped(said, references, n, clip=True, add=False, first=False, one_only=False, best=False):
        own, allowed = runs(said, 1 if one_only else n), Counter()
        if best:
            return max(clipped(said, [text], n) for text in references)
        for text in references[:1] if first else references:
            found = runs(text, 1 if one_only else n)
            allowed = allowed + found if add else allowed | found
        hits = sum(min(count, allowed[run]) if clip else count * (run in allowed) for run, count in own.items())
        return hits / own.total() if own else 0.0

    two = ["a cow left of a hen", "a hen right of a cow"]
    cases = [
        ("the words of one", "a cow left of a hen", two[:1], 1),
        ("said too often", "a a a a a", two, 1),
        ("runs of two, two references", "a hen left of a cow", two, 2),
        ("half of it", "a cow and a hen", two, 2),
        ("runs of four", "a cow left of a cow", two, 4),
        ("a caption shorter than n", "a cow", two, 4),
        ("a word that only the second has", "a cow right of a hen", two, 1),
        ("some runs of each", "a hen right of a cow left", two, 2),
    ]
    return check.Exercise(
        "clipped",
        cases=[check.case(*given, expected=clipped(*given), name=name) for name, *given in cases],
        mistakes=[
            check.mistake("a run counts at most as often as one reference has it", lambda *g: clipped(*g, clip=False)),
            check.mistake(
                "the references are not added: take the largest count in one", lambda *g: clipped(*g, add=True)
            ),
            check.mistake("every reference allows something, not the first alone", lambda *g: clipped(*g, first=True)),
            check.mistake(
                "look for each run in any reference, not in the best one alone", lambda *g: clipped(*g, best=True)
            ),
            check.mistake("count runs of n words, not single words", lambda *g: clipped(*g, one_only=True)),
        ],
    )


@exercise
def check_invented():
    """Exercise 3: count what is not there."""

    def invented(named, there, same, synonyms=True, twice=True, means=False, swapped=False):
        one = (lambda noun: same.get(noun, noun)) if synonyms else (lambda noun: noun)
        wrong = []
        for said, true in zip(named, there, strict=True):
            true = {one(noun) for noun in true}
            nouns = [one(noun) for noun in (said if twice else dict.fromkeys(said))]
            wrong.append([noun not in true for noun in nouns])
        flat = sum(wrong, [])
        share = sum(flat) / len(flat) if flat else 0.0
        if means:
            share = sum(sum(w) / len(w) for w in wrong if w) / max(sum(map(bool, wrong)), 1)
        captions = sum(any(w) for w in wrong) / len(wrong)
        return (captions, share) if swapped else (share, captions)

    same = {"hog": "pig", "cock": "rooster", "post box": "mailbox"}
    cases = [
        ("nothing invented", [["cow", "hen"]], [["hen", "cow", "apple"]], {}),
        ("one of three, in one of two captions", [["cow", "pear"], ["hen"]], [["cow"], ["hen", "pear"]], {}),
        ("another word for it", [["hog"], ["mailbox", "rooster"]], [["pig"], ["post box", "pig"]], same),
        ("invented twice", [["pear", "pear", "cow"], ["hen"]], [["cow"], ["hen"]], same),
        ("a caption without objects", [[], ["pear"]], [["cow"], ["cow"]], {}),
        ("no objects at all", [[], []], [["cow"], []], {}),
        (
            "captions of unlike length",
            [["pear"], ["cow", "hen", "hog", "duck"]],
            [["hen"], ["cow", "hen", "pig", "duck"]],
            same,
        ),
    ]
    return check.Exercise(
        "invented",
        cases=[check.case(*given, expected=invented(*given), name=name) for name, *given in cases],
        mistakes=[
            check.mistake(
                "a hog that is called a pig is not invented: use `same` on both sides",
                lambda *g: invented(*g, synonyms=False),
            ),
            check.mistake("what is invented twice counts twice", lambda *g: invented(*g, twice=False)),
            check.mistake("share of all named objects, not a mean over captions", lambda *g: invented(*g, means=True)),
            check.mistake(
                "first the share of objects, then the share of captions", lambda *g: invented(*g, swapped=True)
            ),
        ],
    )
