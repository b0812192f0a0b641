"""Odd workspaces: what real teams type when nobody is looking, and what nobody should."""

import json

ATTACKS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% for x in y %}",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "<!-- -->]]>",
    "a | b\n# c\n- d",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#x3c;img&#62;",
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<a href="https://evil.example/?q=1" onclick=alert(1)>x</a><base href=//evil.example/>',
    "x:url(//evil.example/a.png)}*{background:url(//evil.example/b.png)",
    "`${alert(1)}`",
    "<link rel=stylesheet href=//evil.example/x.css><meta http-equiv=refresh content=0;url=//evil.example>",
    "![x](https://evil.example/x.png) <https://evil.example>",
)


def attacked() -> dict[str, str]:
    """An attack in every field that takes text."""
    a = [one + f" no {number}" for number, one in enumerate(ATTACKS)]
    pains = [
        {"id": f"p{number}", "statement": text, "quote": text, "importance": 9 - number % 3, "satisfaction": 3, "scored_by": "survey", "n": 40, "evidence": [text, "int-1"], "solved_by": [text], "felt_by": ["child"]}
        for number, text in enumerate(a)
    ]
    segment = {
        "id": "top", "name": a[0], "keyword": a[1], "definition": a[2], "who_they_are": a, "what_they_do": a, "why_it_matters": a[3], "split_by": a[4], "channels": a, "use_cases": a, "value": a[5],
        "bet": {"headline": a[6], "unlike": a[7], "why_now": a[8]}, "pain_points": pains,
        "ideal_solutions": [{"statement": one, "for": one, "stage": "idea"} for one in a],
        "minimum_expected": [{"statement": one, "why": one, "importance": 9, "satisfaction": 8} for one in a],
        "goals": [{"statement": one, "metric": one, "baseline": f"4 {one[:20]}", "target": f"9 {one[:20]}", "owners": [one], "outcome": one} for one in a if "\n" not in one],
        "findings": [{"statement": one, "observed": {"share": "66 %", "n": 4}, "cause": {"statement": one, "confidence": 0.5}} for one in a],
        "experiences": [{"kind": "guide", "hypothesis": one, "for": one, "metric": one, "result": one, "owners": [one], "status": "done"} for one in a],
        "assumptions": [{"statement": one, "test": one} for one in a], "decisions": [{"what": one, "why": one} for one in a], "metrics": a[:5],
        "notes": "\n\n".join(a) + "\n\n" + "".join(f"- {one}\n" for one in a) + "```\n" + a[1] + "\n```\n# " + a[0] + "\n[x](javascript:alert(1)) [y](https://example.com/?q=<script>) **" + a[4] + "** `" + a[0] + "`",
        "facts": [{"label": one, "value": "18", "overall": "27", "source": one} for one in a[:3]], "related": [{"segment": "child", "note": a[0]}], "not_for": a, "owner": a[1], "tags": a,
        "segments": [{"id": "child", "name": a[9], "definition": a[2], "who_they_are": a[:2], "bet": a[4], "pain_points": [{"statement": a[0], "quote": a[1]}], "goals": [{"statement": a[1], "metric": a[2], "baseline": 1, "target": 2}]}],
    }
    evidence = {"evidence": [{"id": "int-1", "kind": "interview", "title": a[0], "who": a[1], "by": a[2], "link": "javascript:alert(1)"}]}
    config = {"version": 1, "product": {"name": a[0], "category": a[1]}, "minimum_expected": a[:2]}
    return {"microseg.yaml": json.dumps(config), "segments/top.yaml": json.dumps(segment), "evidence/all.yaml": json.dumps(evidence)}


LINKS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "\u0001javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "file:///etc/passwd", "//evil.example/x",
    'https://evil.example/" onmouseover="alert(1)', "https://evil.example/' onfocus='alert(1)", "https://evil.example/<script>alert(1)</script>", "https://evil.example/)](javascript:alert(1)", "https://evil.example/`${alert(1)}`",
    "https://evil.example/\njavascript:alert(1)", "mailto:x@evil.example?subject=<img src=x onerror=alert(1)>", "https:alert(1)", "http://evil.example/|a\\",
)  # fmt: skip
SAFE_LINK = "https://example.com/a?b=1&c=(2)#d"


def pointed() -> dict[str, str]:
    """An attack in every id, every reference and every link, and in all that a saved result says."""
    a = [*ATTACKS, *LINKS, "../../x", "index", "_manifest.json", "constructor", "__proto__", "a#b?c=d&e", "%3Cscript%3E", "a\u0000b", "\u202egnp.exe"]
    pains = [{"id": one, "statement": f"It hurts {n}.", "quote": "Ouch.", "importance": 9, "satisfaction": 3, "scored_by": "survey", "n": 40, "evidence": [one, f"int-{n}", f"int-{len(a)}"], "solved_by": [one], "felt_by": [one, "child"]} for n, one in enumerate(a)]
    segment = {
        "id": "top", "name": "Top", "pain_points": pains, "replaced_by": a[0], "split_by": a[1], "metrics": [*a, "reach"], "owner": a[2], "tags": a, "focus": "now",
        "ideal_solutions": [{"id": one, "statement": f"Cure {n}.", "relieves": [one]} for n, one in enumerate(a)],
        "minimum_expected": [{"id": one, "statement": f"Owed {n}."} for n, one in enumerate(a)],
        "goals": [{"id": one, "statement": f"Goal {n}.", "because_of": [one], "metric": one, "owners": [one]} for n, one in enumerate(a)],
        "findings": [{"id": one, "statement": f"Found {n}.", "evidence": [one]} for n, one in enumerate(a)],
        "experiences": [{"id": one, "hypothesis": f"Try {n}.", "for": one, "metric": one} for n, one in enumerate(a)],
        "related": [{"segment": one, "how": "feeds", "note": one} for one in a], "criteria": {"any": [{"segment": one} for one in a]},
        "facts": [{"label": f"Fact {n}", "value": one, "source": one} for n, one in enumerate(a)],
        "notes": "\n\n".join(f"[x{n}]({one})" for n, one in enumerate(a)),
        "segments": [{"id": one, "name": f"Child {n}", "pain_points": [f"It stings {n}."]} for n, one in enumerate(a)] + [{"id": "child", "name": "Child"}],
    }  # fmt: skip
    evidence = [{"id": f"int-{n}", "kind": "interview", "title": f"Talk {n}", "link": one, "by": one} for n, one in enumerate([*a, SAFE_LINK])]
    evidence += [{"id": one, "kind": "survey", "n": 9, "link": one} for one in a]
    config = {"version": 1, "metrics": {one: {"name": one, "unit": one} for one in a} | {"reach": {"name": "Reach"}}, "definitions": {one: {"plan.state": one} for one in a}}
    return {"microseg.yaml": json.dumps(config), "segments/top.yaml": json.dumps(segment), "evidence/all.yaml": json.dumps({"evidence": evidence}), f"measures/{a[0]}.json": saved(a)}


def saved(a: list[str]) -> str:
    """A saved result that says nothing else: names, units, notes, ids of its segments."""
    metrics = {one: {"name": one, "unit": one, "note": one, "value": 0.5, "n": 9, "low": 0.1, "high": 0.9, "parent": 0.25, "previous": 0.125} for one in a}
    segments = [{"id": one, "unit": "user", "size": 40 - n % 7, "unknown": 3, "unknown_because": one, "criteria_hash": one, "metrics": metrics if one in {"top", "child"} else {}} for n, one in enumerate(["top", "child", *a])]
    overlaps = [{"a": "top", "b": one, "both": 5} for one in ["child", *a]]
    coverage = [{"parent": one, "none": 1, "one": 30, "several": 2, "unknown": 3} for one in ["top", *a]]
    return json.dumps({"version": 1, "as_of": "2026-10-31", "engine": a[0], "tool": a[1], "segments": segments, "overlaps": overlaps, "coverage": coverage})


def almost_empty() -> dict[str, str]:
    return {"microseg.yaml": "version: 1\n", "segments/schedulers.yaml": "name: People who schedule interviews\n"}


def deep(levels: int = 6) -> dict[str, str]:
    """One segment in another, each with a sibling and a pain."""
    inner = None
    for level in range(levels, 0, -1):
        segment = {"id": f"level-{level}", "name": f"Group at level {level}", "definition": f"Those at level {level}.", "pain_points": [f"It hurts at level {level}"], "size": {"accounts": 2 ** (levels - level + 3)}}
        if inner is not None:
            segment["segments"] = [inner, {"id": f"beside-{level}", "name": f"Beside level {level}", "size": {"accounts": 3}}]
        inner = segment
    return {"microseg.yaml": "version: 1\n", "segments/level-1.yaml": json.dumps(inner)}


def forty() -> dict[str, str]:
    """Forty pains and more children than a picture has room for."""
    pains = [{"id": f"pain-{n}", "statement": f"Pain number {n} takes {n} hours a week from somebody who has no time.", "importance": round(9.9 - n * 0.05, 2), "satisfaction": round(1 + n * 0.1, 2), "scored_by": "survey", "n": 50 + n, "solved_by": [f"Cure number {n} gives the hours back."]} for n in range(40)]
    children = [{"id": f"child-{n}", "name": f"Child group number {n}", "size": {"users": 10 + n}} for n in range(25)]
    return {"microseg.yaml": "version: 1\n", "segments/many.yaml": json.dumps({"name": "Everything at once", "definition": "Those who have it all.", "size": {"users": 2000}, "pain_points": pains, "minimum_expected": [f"Thing {n}" for n in range(30)], "segments": children})}


def languages() -> dict[str, str]:
    """Long German words, Arabic, Japanese; no numbers at all."""
    german = {"name": "Donaudampfschifffahrtsgesellschaftskapitänsausbildungsverantwortliche", "definition": "Die, die Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesschulungen durchführen.", "owner": "schulung", "pain_points": [{"statement": "Die Arbeitsunfähigkeitsbescheinigungsübermittlungsverfahren dauern Tage.", "quote": "„Das ist doch Unsinn.“", "importance": "high", "satisfaction": "low", "solved_by": ["Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung automatisieren"]}], "minimum_expected": ["Datenschutzgrundverordnungskonformität"]}
    arabic = {"id": "arabic", "name": "مدربو الشركات الصغيرة", "parent": "german", "definition": "أولئك الذين يدربون فرقهم بأنفسهم.", "pain_points": [{"statement": "ينسخون الأسماء من نظام الموارد البشرية يدويًا كل يوم اثنين.", "quote": "أقضي أيام الاثنين في نسخ الأسماء.", "solved_by": ["تسجيل الموظفين الجدد تلقائيًا (HR) قبل أول يوم"]}], "minimum_expected": ["واجهة جيدة"]}
    japanese = {"id": "japanese", "name": "企業研修の担当者", "parent": "german", "definition": "自社のチームを研修する人たち。", "pain_points": [{"statement": "監査のたびに、紙の出席簿と修了記録を二日がかりで突き合わせている。", "quote": "監査は一時間、準備は一週間です。", "solved_by": ["規程ごとに署名入りの一枚の記録を印刷する。"]}], "minimum_expected": ["使いやすい画面"]}
    return {"microseg.yaml": "version: 1\n", "segments/german.yaml": json.dumps(german, ensure_ascii=False), "segments/arabic.yaml": json.dumps(arabic, ensure_ascii=False), "segments/japanese.yaml": json.dumps(japanese, ensure_ascii=False)}


ALL = {"attacked": attacked, "pointed": pointed, "almost empty": almost_empty, "deep": deep, "forty": forty, "languages": languages}
