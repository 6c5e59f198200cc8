/** Strings, regular expressions, JSON and dates, in a program that uses nothing else. */
import { print } from "stator";

const show = (value: unknown): void => print(JSON.stringify(value));

show("2024-05-06 and 2025-06-07".replace(/(\d+)-(\d+)-(\d+)/g, "$3.$2.$1"));
show(/(?<year>\d{4})/u.exec("in 1999")?.groups?.year);
show("a, b;c".split(/[,;]\s*/));
show(["x1y22".match(/\d+/g), [..."a1b2".matchAll(/[a-z](\d)/g)].length, "abc".search(/c/), /ä/i.test("Ä")]);
show(/a+/y.flags);
show(["Ünï".toUpperCase(), "ŞİX".toLowerCase(), "tschüs".normalize().length, "abc".localeCompare("abd")]);
show(["abc".padStart(5, "-"), " x ".trim(), "x".repeat(3), "a-b".split("-"), "abc".at(-1), "𝒳".codePointAt(0)]);
show(String.raw`a\n${1}`);
show(JSON.parse('{"a":[1,2.5,null,true,"\\u00e9"]}', (_key, value) => (value === 1 ? "one" : value)));
show({ toJSON: () => "its own" });
show([
	new Date(86_400_000).toISOString(),
	new Date(2020, 1, 29).getDate(),
	Date.UTC(2000, 0),
	Date.parse("2000-01-01T00:00:00Z"),
]);
show([encodeURIComponent("ä&b"), decodeURI("%41"), escape("ä"), Number.parseInt("12px", 10)]);
