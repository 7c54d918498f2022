"""Write RESULTS.md from the results that are there.

python -m benchmarks.table
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import table_find as find
from benchmarks.lined import table
from benchmarks.measuring import RESULTS

PAGE = Path(__file__).resolve().parent / "RESULTS.md"
Result = dict[str, Any]


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
        f" {result['repeat']}; load of {result['load_n']} records, at most {memory:.0f} MB.\n\n{table(head, rows)}"
        f"\n\nEvery round:\n\n{table(_ROUND, rounds)}"
    )


def _reading(result: Result) -> str:
    rows = [
        (o, f"{r['per_cpu_s']:.0f}", f"{r['records']:.0f}", f"{r['rss_mb']:.0f}")
        for o, r in result["rows"].items()
    ]
    return "Our generated deliveries, one core.\n\n" + table(
        ("office", "records read and checked per CPU second", "records", "MB"), rows
    )


def _memory(result: Result) -> str:
    rows = [(r["delivery"], r["in"], f"{r['mb']:.0f}", f"{r['rss_mb']:.0f}", f"{r['in'] / r['cpu_s']:.0f}")
            for r in result["rows"]]  # fmt: skip
    rows_told = table(
        ("delivery", "records", "MB delivered", "largest MB of memory", "records per CPU second"), rows
    )
    return f"{result['n']} marks; the limit is {result['limit_mb']} MB.\n\n{rows_told}"


def _memory_bulk(result: Result) -> str:
    rows = [(form, *(row[name] for name in ("mib", "records", "first_tenth_mib", "end_mib", "peak_mib", "cpu_s")))
            for form, row in result["rows"].items()]  # fmt: skip
    head = (
        "form",
        "MiB of the file",
        "records",
        "MiB held in the first tenth",
        "at the end",
        "at most",
        "CPU s",
    )
    return "Cut, read and checked, record by record.\n\n" + table(head, rows)


def _mapped(result: Result) -> str:
    return (
        f"{result['rows']} invented rows of 12 columns ({result['bytes'] / 1e6:.0f} MB of CSV, a heading in Russian), loaded whole"
        f" into an empty register: {result['per_cpu_s']:.0f} rows per CPU second ({result['load_cpu_s']:.0f} s, index included), at"
        f" most {result['rss_mb']:.0f} MB of memory; {result['quarantined']} rows with a cell too many or one column off in"
        f" quarantine, as they must be. `map new` took {result['new_cpu_s']:.1f} s."
    )


def _shifted(result: Result) -> str:
    head = ("table", "tables", "rows", "shifted", "held", "in doubt", "share held", "sound rows held", "sound rows in doubt",
            "µs a row")  # fmt: skip
    keys = "table tables rows shifted held doubted share in_vain doubted_in_vain us_per_row".split()
    return (
        "Rows of text with a cell too many or too few, held for it or told to be in doubt by the mapping that `map new` proposes and by what"
        " the other rows hold. `wide`, `narrow`, `lao` are invented, in tables of so many rows; the others are real lists and tables of the"
        f" demonstration, whole and in pieces. In a table or piece of {result['every']} rows or more one in so many was shifted, in a shorter one"
        " one.\n\n" + table(head, [[str(one[key]) for key in keys] for one in result["tables"]])
    )  # fmt: skip


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
        f" {result['failed']} failed.\n\n" + table(("page", "requests", "p50 ms", "p95 ms", "p99 ms"), rows)
    )


def _oai(result: Result) -> str:
    rows = [(name, r["records"], f"{r['records_per_cpu_s']:.0f}", f"{r['bytes_per_record']:.0f}")
            for name, r in result.items() if isinstance(r, dict) and "records_per_cpu_s" in r]  # fmt: skip
    return (
        "Harvested token after token through the web application with all its middleware, one process on one core, no"
        " network.\n\n" + table(("format", "records", "records per CPU second", "bytes a record"), rows)
    )


def _api(result: Result) -> str:
    rows = [(name, r["requests"], f"{r['requests_per_s']:.0f}",
             *(f"{r[each]:.0f}" for each in ("p50_ms", "p95_ms", "p99_ms")), r["failed"])
            for name, r in result.items() if isinstance(r, dict) and "requests_per_s" in r]  # fmt: skip
    head = ("asked for", "requests", "a second", "p50 ms", "p95 ms", "p99 ms", "failed")
    return f"{result['clients']} clients, {result['loop']}.\n\n{table(head, rows)}"


def _generated_client(result: Result) -> str:
    told = table(("right, and the type made of it", "records"), sorted(result["kinds"].items()))
    return (f"{result['generator']}: {result['listed']} records listed in {result['list_s']} s, {result['read']} of them read"
            f" one by one in {result['read_s']} s, {result['faults']} otherwise than they were sent.\n\n{told}")  # fmt: skip


def _mirror(result: Result) -> str:
    beside = result["cpu_s"] - result["main_cpu_s"]
    head = ("records", "wall s", "CPU s, the process that puts", "beside it", "CPU ms a record", "memory MB",
            "roots equal")  # fmt: skip
    row = (result["records"], result["wall_s"], result["main_cpu_s"], f"{beside:.1f}", result["cpu_ms_a_record"],
           result["all_processes_mib"], "yes" if result["roots_equal"] else "no")  # fmt: skip
    told = f"{result['publications']} publications taken over from a folder, proved, loaded, compared."
    return f"{told}\n\n{table(head, [row])}"


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
        + table(("kind", "CPU s", "ms a watch", "matches"), rows)
    )


def _search(result: Result) -> str:
    timed = [row for row in result["rows"] if "p95_ms" in row]
    rows = [(r["figure"], r["queries"], r["p50_ms"], r["p95_ms"], r.get("cpu_p95_ms", "")) for r in timed]
    others = [f"- {row.pop('figure')}: {', '.join(f'{name} {value}' for name, value in row.items())}"
              for row in ({**row} for row in result["rows"] if "p95_ms" not in row)]  # fmt: skip
    rows_told = table(("class of query", "queries", "p50 ms", "p95 ms", "p95 ms of CPU"), rows)
    return (
        f"{result['records']} synthetic public records, in the process, no server.\n\n{rows_told}\n\n"
        + "\n".join(others)
    )


def _kill(result: Result) -> str:
    return (
        f"{result['moments']} loads of {result['records']} records, each killed at a random moment and given again:"
        f" {result['killed']} were killed before their end, {result['different']} ended with another register digest."
    )


def _exchange(result: Result) -> str:
    names = (
        "pieces",
        "records",
        "no record",
        "texts",
        "lost",
        "broken evidence",
        "in extra",
        "how it is made",
    )
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
        "Lost on reading, by the checker that knows no reader; texts that have no field stand in `extra`. How it is"
        " made: texts that only tell of the document (numbers of paragraphs, widths of columns, versions of schemas), by a list"
        " of the checker's own:\n\n"
        f"{table(('source', *names), reading)}\n\nWritten as ST.96 V6.0, validated by its schemas, and read again"
        f" (a right without a form there: by JSON):\n\n{table(('source', *ways), back)}\n\n{told}"
    )


SECTIONS: dict[str, tuple[str, Callable[[Result], str]]] = {
    "peer": ("Against WIPO's Global Brand Database ETL", _peer),
    "peer_designs": ("Against WIPO's Global Design Database ETL", _peer),
    "reading": ("Reading and checking", _reading),
    "memory": ("Memory of a large load", _memory),
    "memory_bulk": ("Memory of a bulk file of 2 GB", _memory_bulk),
    "mapped": ("A mapped table", _mapped),
    "shifted": ("Rows one column off", _shifted),
    "million": ("The register of a million marks", _million),
    "search": ("Searches", _search),
    "similarity_names": ("Similar names: how often they are found", find.names),
    "closeness": ("Bands of closeness: how well they tell", find.closeness),
    "romanisers": ("Similar names: ways of writing in Latin letters, alone", find.romanisers),
    "similarity_million": ("Similar names: how fast", find.million_names),
    "similarity_logos": ("Similar pictures: how often they are found", find.logos),
    "similarity_pictures": ("Similar pictures: how fast", find.pictures),
    "clear_mark": ("Clear a mark", find.clear_mark),
    "exchange": ("What is lost on the way", _exchange),
    "goods": ("Classes for goods and services", find.goods),
    "http": ("Pages through the real server", _http),
    "api": ("The API through the real server", _api),
    "oai": ("Harvesting", _oai),
    "generated_client": ("A client made from the OpenAPI file", _generated_client),
    "mirror": ("Mirror", _mirror),
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
