"""Write RESULTS.md from the results that are there.

python -m benchmarks.table
"""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measuring import RESULTS

PAGE = Path(__file__).resolve().parent / "RESULTS.md"
Result = dict[str, Any]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def _where(result: Result) -> str:
    m = result["machine"]
    return (f"{m['day']}, commit {m['commit']}, Python {m['python']}, {m['processor']}, {m['cores']} cores, "
            f"load before {m['load_before']}.")  # fmt: skip


_ROUND = ("feed", "load of the machine", "peer transform", "peer + validate", "read + check ratio (files)", "(bulk)",
          "load ratio")  # fmt: skip
_RATIOS = ("read_check_files", "read_check_bulk", "load_against_transform")


def _peer(result: Result) -> str:
    head = ("feed", "bytes/record", "peer transform", "peer + validate", "our read + check, files", "from bulk",
            "our whole load", "read + check ratio (files)", "(bulk)", "load ratio")  # fmt: skip
    rows = [
        (
            row["office"], row["peer"]["bytes"], f"{row['peer']['transform']:.0f}",
            f"{row['peer']['transform_validate']:.0f}", f"{row['files']['per_cpu_s']:.0f}",
            f"{row['bulk']['per_cpu_s']:.0f}", f"{row['load']['per_cpu_s']:.0f}",
            f"**{row['ratios']['read_check_files']:.1f}**", f"{row['ratios']['read_check_bulk']:.1f}",
            f"**{row['ratios']['load_against_transform']:.1f}**",
        )
        for row in result["rows"]
    ]  # fmt: skip
    rounds = [
        (row["office"], f"{one['machine_load']:.1f}", f"{one['transform']:.0f}", f"{one['transform_validate']:.0f}",
         *(f"{one['ratios'][name]:.1f}" for name in _RATIOS))
        for row in result["rows"] for one in row.get("rounds", ())
    ]  # fmt: skip
    memory = max(row["load"]["rss_mb"] for row in result["rows"])
    return (
        "Records per CPU second on one core, same files, same run. The load counts Python's start, packs, versions,"
        f" evidence, findings and index; the peer's figure counts its loop only. {result['n']} records, median of"
        f" {result['repeat']}; load of {result['load_n']} records, at most {memory:.0f} MB.\n\n{_table(head, rows)}"
        f"\n\nEvery round:\n\n{_table(_ROUND, rounds)}"
    )


def _reading(result: Result) -> str:
    rows = [
        (o, f"{r['per_cpu_s']:.0f}", f"{r['records']:.0f}", f"{r['rss_mb']:.0f}")
        for o, r in result["rows"].items()
    ]
    return "Our generated deliveries, one core.\n\n" + _table(
        ("office", "records read and checked per CPU second", "records", "MB"), rows
    )


def _memory(result: Result) -> str:
    rows = [(r["delivery"], r["in"], f"{r['mb']:.0f}", f"{r['rss_mb']:.0f}", f"{r['in'] / r['cpu_s']:.0f}")
            for r in result["rows"]]  # fmt: skip
    table = _table(
        ("delivery", "records", "MB delivered", "largest MB of memory", "records per CPU second"), rows
    )
    return f"{result['n']} marks; the limit is {result['limit_mb']} MB.\n\n{table}"


def _mapped(result: Result) -> str:
    return (
        f"{result['rows']} invented rows of 12 columns ({result['bytes'] / 1e6:.0f} MB of CSV, a heading in Russian), loaded whole"
        f" into an empty register: {result['per_cpu_s']:.0f} rows per CPU second ({result['load_cpu_s']:.0f} s, index included), at"
        f" most {result['rss_mb']:.0f} MB of memory; {result['quarantined']} rows with a cell too many or one column off in"
        f" quarantine, as they must be. `map new` took {result['new_cpu_s']:.1f} s."
    )


def _million(result: Result) -> str:
    total = result["total"]
    sizes = ", ".join(f"{name} {mb:.0f} MB" for name, mb in result["sizes_mb"].items() if mb >= 1)
    return (
        f"{result['n']} marks: {total['in']} records delivered, {total['stored']} versions stored in"
        f" {total['wall_s']:.0f} s ({total['per_cpu_s']:.0f} per CPU second), at most {result['largest_rss_mb']:.0f} MB"
        f" of memory. Size: {sizes}."
    )


def _http(result: Result) -> str:
    rows = [(kind, r["requests"], *(f"{r[name]:.0f}" for name in ("p50_ms", "p95_ms", "p99_ms")))
            for kind, r in result["rows"].items()]  # fmt: skip
    return (
        f"{result['clients']} clients, {result['loop']}; {result['requests_per_s']:.0f} pages/s,"
        f" {result['failed']} failed.\n\n" + _table(("page", "requests", "p50 ms", "p95 ms", "p99 ms"), rows)
    )


def _oai(result: Result) -> str:
    rows = [(name, r["records"], f"{r['records_per_cpu_s']:.0f}", f"{r['bytes_per_record']:.0f}")
            for name, r in result.items() if isinstance(r, dict) and "records_per_cpu_s" in r]  # fmt: skip
    return (
        "Harvested token after token through the web application with all its middleware, one process on one core, no"
        " network.\n\n" + _table(("format", "records", "records per CPU second", "bytes a record"), rows)
    )


def _api(result: Result) -> str:
    rows = [(name, r["requests"], f"{r['requests_per_s']:.0f}",
             *(f"{r[each]:.0f}" for each in ("p50_ms", "p95_ms", "p99_ms")), r["failed"])
            for name, r in result.items() if isinstance(r, dict) and "requests_per_s" in r]  # fmt: skip
    head = ("asked for", "requests", "a second", "p50 ms", "p95 ms", "p99 ms", "failed")
    return f"{result['clients']} clients, {result['loop']}.\n\n{_table(head, rows)}"


def _counting(result: Result) -> str:
    return (
        f"Statistics and ledger of all offices in one walk over {result['records']} records: {result['cpu_s']} CPU s, "
        f"{result['records_a_cpu_s']} records a CPU second, memory {result['memory_mb_peak']} MB at most "
        f"({result['memory_mb_before']} MB before)."
    )


def _watches(result: Result) -> str:
    rows = [(kind, one["cpu_s"], one["ms_a_watch"], one["matches"]) for kind, one in result["turns"].items()]
    return (
        f"{result['watches']} watches of each kind held against {result['changes']} changes; a list of {result['list_of']} "
        f"numbers was taken in {result['list_cpu_s']} CPU s.\n\n"
        + _table(("kind", "CPU s", "ms a watch", "matches"), rows)
    )


def _search(result: Result) -> str:
    timed = [row for row in result["rows"] if "p95_ms" in row]
    rows = [(r["figure"], r["queries"], r["p50_ms"], r["p95_ms"], r.get("cpu_p95_ms", "")) for r in timed]
    others = [f"- {row.pop('figure')}: {', '.join(f'{name} {value}' for name, value in row.items())}"
              for row in ({**row} for row in result["rows"] if "p95_ms" not in row)]  # fmt: skip
    table = _table(("class of query", "queries", "p50 ms", "p95 ms", "p95 ms of CPU"), rows)
    return (
        f"{result['records']} synthetic public records, in the process, no server.\n\n{table}\n\n"
        + "\n".join(others)
    )


def _kill(result: Result) -> str:
    return (
        f"{result['moments']} loads of {result['records']} records, each killed at a random moment and given again:"
        f" {result['killed']} were killed before their end, {result['different']} ended with another register digest."
    )


def _names(result: Result) -> str:
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
        f" in Latin letters is right.{every}{some} Development half.\n\n{_table(head, rows)}"
    )


def _closeness(result: Result) -> str:
    head = ("questions", "weights", *(f"{band}, {what}" for band in result["rows"][0]["bands"]
                                      for what in ("right", "others")))  # fmt: skip
    rows = [
        (row["sort"], row["rule"], *(f"{one:.2f}" for pair in row["bands"].values() for one in pair))
        for row in result["rows"]
    ]
    return (
        f"Rules {result['version']}. `right`: the share of right names that fall into the band; `others`: other names in it,"
        " per question, among the 60 best of 150,626 names. `cross`: the answer is in another script; `same`: a changed name of"
        f" the same script. Development half.\n\n{_table(head, rows)}"
    )


def _romanisers(result: Result) -> str:
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
        f" Microseconds a Latin name: {cost}.\n\n{_table(head, rows)}"
    )


def _million_names(result: Result) -> str:
    speed = result["names_per_cpu_s"]
    indexed = f" indexed {speed:.0f} names per CPU second;" if speed else ""
    return (
        f"{result['names']} names ({result['made_of']}): p50 {result['p50_ms']:.0f} ms, p95 {result['p95_ms']:.0f} ms"
        f" (p95 of CPU {result['p95_cpu_ms']:.0f} ms);{indexed}"
        f" {result['disk_mb']:.0f} MB of files that all processes share, {result['rss_mb']:.0f} MB largest memory of"
        " the process that asked, shared files included."
    )


def _logos(result: Result) -> str:
    head = ("group", "pairs", *(f"{label}, rank {rank}" for label in result["labels"]
                                for rank in ("1", "to 10", "to 50")))  # fmt: skip
    rows = [
        (one["group"], one["pairs"], *(f"{share:.3f}" for share in one["shares"])) for one in result["rows"]
    ]
    return (
        "The share of right pictures found at rank 1, to rank 10, to rank 50 among 5,187 marks; `real`: the same brand"
        " drawn by others, `wordmark`: with its name, `syn`: distorted. `all`: ranked whole by `ipregister bench"
        " rank logos` (283 s of processor, 1.4 GB); `shapes alone`: from vectors kept on the way. Development half.\n\n"
        f"{_table(head, rows)}"
    )


def _pictures(result: Result) -> str:
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
        f"{_table(head, rows)}"
    )


def _goods(result: Result) -> str:
    return (
        f"Terms of a list in English ({result['terms']:,}, the Nice list of 2024), a fifth held out at a time, rule"
        f" {result['version']}; published records were not asked.\n\n"
        + _table(
            ("what is asked", "the first class is right", "right among three", "nothing suggested"),
            [("our own words and the list", f"{result['first']:.3f}", f"{result['third']:.3f}", ""),
             ("our own words alone (100 ideas)", "", f"{result['own_third']:.3f}", f"{result['own_silent']:.3f}")],
        )
        + f"\n\n{result['ms']:.2f} ms a text; {result['train_s']:.1f} s to learn the list."
    )  # fmt: skip


def _clear_mark(result: Result) -> str:
    rows = [(kind, r["questions"], *(f"{r[name]:.0f}" for name in ("p50_ms", "p95_ms", "cpu_p50_ms", "cpu_p95_ms", "hits")))
            for kind, r in result["kinds"].items()]  # fmt: skip
    files = ", ".join(f"{kind.upper()} {ms:.0f} ms" for kind, ms in result["file_cpu_ms"].items())
    return (
        f"{result['records']} records, {result['names']} names; at most {result['rss_mb']:.0f} MB, files that processes share"
        f" included. The first question after a start measures the delays of all offices: {result['first_cpu_s']:.1f} s of CPU"
        f" time. Writing a report (CPU): {files}.\n\n"
        + _table(("question", "questions", "p50 ms", "p95 ms", "CPU p50 ms", "CPU p95 ms", "hits, mean"), rows)
    )  # fmt: skip


def _exchange(result: Result) -> str:
    names = ("pieces", "records", "no record", "texts", "lost", "broken evidence", "in extra")
    reading = [
        (name, *(told.get(one, 0) for one in names)) for name, told in sorted(result["reading"].items())
    ]
    ways = ("records", "by JSON", "invalid", "differ")
    back = [(name, *(told.get(one, 0) for one in ways)) for name, told in sorted(result["back"].items())]
    fuzz = result["fuzz"]
    told = (
        f"{fuzz['documents']} documents made bad in every way of {fuzz['seeds']} sound ones, tables and workbooks"
        f" included: {fuzz['taken']} pieces, {fuzz['read']} read, {fuzz['refused']} refused, {fuzz['wrong']} crashes,"
        f" hangs or counts out of balance; the slowest {fuzz['slowest_s']:.2f} s of processor time, at most"
        f" {fuzz['peak_mib']} MiB."
        if fuzz else ""
    )  # fmt: skip
    return (
        "Lost on reading, by the checker that knows no reader; texts that have no field stand in `extra`:\n\n"
        f"{_table(('source', *names), reading)}\n\nWritten as ST.96 V6.0, validated by its schemas, and read again"
        f" (a right without a form there: by JSON):\n\n{_table(('source', *ways), back)}\n\n{told}"
    )


SECTIONS: dict[str, tuple[str, Callable[[Result], str]]] = {
    "peer": ("Against WIPO's Global Brand Database ETL", _peer),
    "peer_designs": ("Against WIPO's Global Design Database ETL", _peer),
    "reading": ("Reading and checking", _reading),
    "memory": ("Memory of a large load", _memory),
    "mapped": ("A mapped table", _mapped),
    "million": ("The register of a million marks", _million),
    "search": ("Searches", _search),
    "similarity_names": ("Similar names: how often they are found", _names),
    "closeness": ("Bands of closeness: how well they tell", _closeness),
    "romanisers": ("Similar names: ways of writing in Latin letters, alone", _romanisers),
    "similarity_million": ("Similar names: how fast", _million_names),
    "similarity_logos": ("Similar pictures: how often they are found", _logos),
    "similarity_pictures": ("Similar pictures: how fast", _pictures),
    "clear_mark": ("Clear a mark", _clear_mark),
    "exchange": ("What is lost on the way", _exchange),
    "goods": ("Classes for goods and services", _goods),
    "http": ("Pages through the real server", _http),
    "api": ("The API through the real server", _api),
    "oai": ("Harvesting", _oai),
    "counting": ("Statistics and ledger", _counting),
    "watches": ("Watches", _watches),
    "kill": ("Killed in the middle of a load", _kill),
}


def write() -> None:
    """Write the page."""
    parts = [
        "# Results\n\nWritten by `python -m benchmarks.table` from `results/`. How each was measured: [README](README.md).\n"
    ]
    for name, (title, section) in SECTIONS.items():
        path = RESULTS / f"{name}.json"
        if path.exists():
            result = json.loads(path.read_text(encoding="utf-8"))
            parts.append(f"## {title}\n\n{_where(result)}\n\n{section(result)}\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    write()
