"""Answers to the exercises of lesson 10e."""

from collections import Counter

from tests.answers import Answers


def best_by_sets(pairs):
    texts = {text for text, _ in pairs}
    return sum(max(pairs.count(pair) for pair in set(pairs) if pair[0] == text) for text in texts) / len(pairs)


def best_by_sorting(pairs):
    best = {}
    for (text, _), count in Counter(pairs).items():
        best[text] = max(best.get(text, 0), count)
    return sum(best.values()) / sum(1 for _ in pairs)


def best_of_all(pairs):
    return Counter(answer for _, answer in pairs).most_common(1)[0][1] / len(pairs)


def best_of_texts(pairs):
    texts = sorted({text for text, _ in pairs})
    shares = [best_of_all([pair for pair in pairs if pair[0] == text]) for text in texts]
    return sum(shares) / len(shares)


def by_the_first_answer(pairs):
    first = {}
    return sum(first.setdefault(text, answer) == answer for text, answer in pairs) / len(pairs)


def by_the_last_answer(pairs):
    return sum(dict(pairs)[text] == answer for text, answer in pairs) / len(pairs)


def runs_of(text, n):
    words = text.split()
    return [" ".join(words[k : k + n]) for k in range(len(words) - n + 1)]


def clipped_by_counts(said, references, n):
    own = runs_of(said, n)
    hits = sum(min(own.count(run), max(runs_of(text, n).count(run) for text in references)) for run in set(own))
    return hits / max(len(own), 1)


def clipped_by_crossing_out(said, references, n):
    own, hits = runs_of(said, n), 0
    for run in sorted(set(own)):
        left = max(runs_of(text, n).count(run) for text in references)
        for _ in range(own.count(run)):
            hits, left = hits + (left > 0), left - 1
    return hits / len(own) if own else 0


def unclipped(said, references, n):
    known = {run for text in references for run in runs_of(text, n)}
    own = runs_of(said, n)
    return sum(run in known for run in own) / max(len(own), 1)


def references_added(said, references, n):
    own, every = Counter(runs_of(said, n)), Counter(run for text in references for run in runs_of(text, n))
    return (own & every).total() / max(own.total(), 1)


def first_reference(said, references, n):
    return clipped_by_counts(said, references[:1], n)


def best_reference(said, references, n):
    return max(clipped_by_counts(said, [text], n) for text in references)


def invented_by_loops(named, there, same):
    wrong = total = captions = 0
    for said, true in zip(named, there, strict=True):
        known = set(true) | {same.get(noun, noun) for noun in true}
        known |= {other for other, noun in same.items() if noun in known}
        missing = [noun for noun in said if noun not in known]
        wrong, total, captions = wrong + len(missing), total + len(said), captions + bool(missing)
    return wrong / total if total else 0.0, captions / len(named)


def invented_by_sums(named, there, same):
    table = [
        [same.get(noun, noun) not in [same.get(one, one) for one in true] for noun in said]
        for said, true in zip(named, there, strict=True)
    ]
    return sum(map(sum, table)) / max(sum(map(len, table)), 1), sum(1 in row for row in table) / len(table)


def without_synonyms(named, there, same):
    return invented_by_sums(named, there, {})


def once_each(named, there, same):
    return invented_by_sums([list(dict.fromkeys(said)) for said in named], there, same)


def mean_of_captions(named, there, same):
    full = [(said, true) for said, true in zip(named, there, strict=True) if said]
    shares = [invented_by_sums([said], [true], same)[0] for said, true in full]
    return sum(shares) / max(len(shares), 1), invented_by_sums(named, there, same)[1]


ANSWERS = {
    "check_best_without_looking": Answers(
        right={"sets": best_by_sets, "counts": best_by_sorting},
        wrong={
            "half": lambda pairs: 0.5,
            "one by the number of texts": lambda pairs: len({text for text, _ in pairs}) / len(pairs),
            "one by the number of answers": lambda pairs: 1 / len({answer for _, answer in pairs}),
            "everything": lambda pairs: 1.0,
            "the first answer": by_the_first_answer,
            "the last answer": by_the_last_answer,
        },
        announced={
            "its own most common answer": best_of_all,
            "no mean of the texts' shares": best_of_texts,
            "not their number": lambda pairs: best_by_sets(pairs) * len(pairs),
        },
    ),
    "check_clipped": Answers(
        right={"counts": clipped_by_counts, "crossing out": clipped_by_crossing_out},
        wrong={
            "always 1": lambda said, references, n: 1.0,
            "exact match": lambda said, references, n: float(said in references),
            "recall": lambda said, references, n: clipped_by_counts(references[0], [said], n),
            "sets": lambda said, references, n: len(set(runs_of(said, n)) & set(runs_of(references[0], n))) / n,
        },
        announced={
            "at most as often": unclipped,
            "are not added": references_added,
            "not the first alone": first_reference,
            "not in the best one alone": best_reference,
        },
    ),
    "check_invented": Answers(
        right={"loops": invented_by_loops, "sums": invented_by_sums},
        wrong={
            "nothing": lambda named, there, same: (0.0, 0.0),
            "one number": lambda named, there, same: invented_by_sums(named, there, same)[0],
            "there in any picture": lambda named, there, same: invented_by_sums(
                named, [sum(there, [])] * len(named), same
            ),
            "what was missed": lambda named, there, same: invented_by_sums(there, named, same),
        },
        announced={
            "is not invented": without_synonyms,
            "counts twice": once_each,
            "not a mean over captions": mean_of_captions,
            "first the share of objects": lambda *given: invented_by_sums(*given)[::-1],
        },
    ),
}
