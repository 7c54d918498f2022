"""The sections of RESULTS.md on names, pictures and goods that are found."""

from typing import Any

from benchmarks.lined import table

Result = dict[str, Any]


def names(result: Result) -> str:
    both: dict[tuple[str, str], dict[str, Result]] = {}
    for label, rows in result["rows"].items():
        for row in rows:
            both.setdefault((row["benchmark"], row["group"]), {})[label] = row
    shares = ("first", "ten", "fifty")
    rows = [
        (f"{benchmark} {group}", next(iter(found.values()))["pairs"],
         *(f"{found[label][share]:.3f}" if label in found else "" for label in ("trained", "untrained")
           for share in shares))
        for (benchmark, group), found in both.items()
    ]  # fmt: skip
    head = ("group", "pairs", *(f"{label}, rank {rank}" for label in ("trained", "untrained")
                                for rank in ("1", "to 10", "to 50")))  # fmt: skip
    every = "" if result["every"] == 1 else f" Each {result['every']}th question."
    fewer = result.get("untrained_every", result["every"])
    some = "" if fewer == result["every"] else f" Without the weights: each {fewer}th question."
    return (
        "The share of right names found at rank 1, to rank 10, to rank 50 among 150,626 names, counted inside the"
        " script of the right name; one index, one rule for both benchmarks. `X>Latn`: asked in the script X, a name"
        f" in Latin letters is right.{every}{some} Development half.\n\n{table(head, rows)}"
    )


def closeness(result: Result) -> str:
    head = ("questions", "weights", *(f"{band}, {what}" for band in result["rows"][0]["bands"]
                                      for what in ("right", "others")))  # fmt: skip
    rows = [
        (row["sort"], row["rule"], *(f"{one:.2f}" for pair in row["bands"].values() for one in pair))
        for row in result["rows"]
    ]
    return (
        f"Rules {result['version']}. `right`: the share of right names that fall into the band; `others`: other names in it,"
        " per question, among the 60 best of 150,626 names. `cross`: the answer is in another script; `same`: a changed name of"
        f" the same script. Development half.\n\n{table(head, rows)}"
    )


def romanisers(result: Result) -> str:
    ways = list(result["rows"])
    scripts = sorted({script for way in ways for script in result["rows"][way]["scripts"]})
    rows = [
        (script, result["rows"][ways[0]]["scripts"][script]["pairs"],
         *(f"{result['rows'][way]['scripts'][script][share]:.2f}" for way in ways for share in ("first", "ten")))
        for script in scripts
    ]  # fmt: skip
    cost = ", ".join(f"{way} {result['rows'][way]['microseconds']:.1f}" for way in ways)
    head = ("asked in", "pairs", *(f"{way}, rank {rank}" for way in ways for rank in ("1", "to 10")))
    return (
        "One way of writing names in Latin letters, and the edit ratio of what it writes; nothing else. Asked in another"
        f" script among {result['names']} Latin names, each {result['every']}th question of the development half."
        f" Microseconds a Latin name: {cost}.\n\n{table(head, rows)}"
    )


def million_names(result: Result) -> str:
    speed = result["names_per_cpu_s"]
    indexed = f" indexed {speed:.0f} names per CPU second;" if speed else ""
    return (
        f"{result['names']} names ({result['made_of']}): p50 {result['p50_ms']:.0f} ms, p95 {result['p95_ms']:.0f} ms"
        f" (p95 of CPU {result['p95_cpu_ms']:.0f} ms);{indexed}"
        f" {result['disk_mb']:.0f} MB of files that all processes share, {result['rss_mb']:.0f} MB largest memory of"
        " the process that asked, shared files included."
    )


def logos(result: Result) -> str:
    head = ("group", "pairs", *(f"{label}, rank {rank}" for label in result["labels"]
                                for rank in ("1", "to 10", "to 50")))  # fmt: skip
    rows = [
        (one["group"], one["pairs"], *(f"{share:.3f}" for share in one["shares"])) for one in result["rows"]
    ]
    return (
        "The share of right pictures found at rank 1, to rank 10, to rank 50 among 5,187 marks; `real`: the same brand"
        " drawn by others, `wordmark`: with its name, `syn`: distorted. `all`: ranked whole by `ipregister bench"
        " rank logos` (283 s of processor, 1.4 GB); `shapes alone`: from vectors kept on the way. Development half.\n\n"
        f"{table(head, rows)}"
    )


def pictures(result: Result) -> str:
    names = ("p50_ms", "p95_ms", "p50_cpu_ms", "p95_cpu_ms")
    rows = [[told["stage"], *(f"{told[one]:.1f}" for one in names)] for told in result.get("stages", ())]
    head = ["stage", "p50 ms", "p95 ms", "CPU p50 ms", "CPU p95 ms"]
    return (
        f"{result['pictures']} pictures, {result['rows']:.0f} views (vectors of real marks, and copies with a little"
        f" chance): from the bytes of a picture to ranked hits p50 {result['p50_ms']:.0f} ms, p95"
        f" {result['p95_ms']:.0f} ms (CPU p50 {result['p50_cpu_ms']:.0f} ms, p95 {result['p95_cpu_ms']:.0f} ms);"
        f" indexed, without decoding, {result['first_per_cpu_s']:.0f} pictures per CPU second in the first stage,"
        f" {result['second_per_cpu_s']:.0f} in the second; {result['disk_mb']:.0f} MB of files that all processes"
        f" share, {result['rss_mb']:.0f} MB largest memory of the process that asked, shared files included.\n\n"
        f"{table(head, rows)}"
    )


def goods(result: Result) -> str:
    return (
        f"Terms of a list in English ({result['terms']:,}, the Nice list of 2024), a fifth held out at a time, rule"
        f" {result['version']}; published records were not asked.\n\n"
        + table(
            ("what is asked", "the first class is right", "right among three", "nothing suggested"),
            [("our own words and the list", f"{result['first']:.3f}", f"{result['third']:.3f}", ""),
             ("our own words alone (100 ideas)", "", f"{result['own_third']:.3f}", f"{result['own_silent']:.3f}")],
        )
        + f"\n\n{result['ms']:.2f} ms a text; {result['train_s']:.1f} s to learn the list."
    )  # fmt: skip


def clear_mark(result: Result) -> str:
    rows = [(kind, r["questions"], *(f"{r[name]:.0f}" for name in ("p50_ms", "p95_ms", "cpu_p50_ms", "cpu_p95_ms", "hits")))
            for kind, r in result["kinds"].items()]  # fmt: skip
    files = ", ".join(f"{kind.upper()} {ms:.0f} ms" for kind, ms in result["file_cpu_ms"].items())
    return (
        f"{result['records']} records, {result['names']} names; at most {result['rss_mb']:.0f} MB, files that processes share"
        f" included. The first question after a start measures the delays of all offices: {result['first_cpu_s']:.1f} s of CPU"
        f" time. Writing a report (CPU): {files}.\n\n"
        + table(("question", "questions", "p50 ms", "p95 ms", "CPU p50 ms", "CPU p95 ms", "hits, mean"), rows)
    )  # fmt: skip
