/** Codes that name no country: unions, the unknown, private use. */
const NO_COUNTRY: ReadonlySet<string> = new Set(["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"]);

const letters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

/** Every country with its ISO 3166 code, by name; a code that was replaced by another is left out. */
export function regions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !NO_COUNTRY.has(code) && new Intl.Locale(`und-${code}`).region === code)
    .flatMap((value) => {
      const name = names.of(value);
      return name === undefined ? [] : [{ value, label: `${name} (${value})` }];
    })
    .sort((left, right) => left.label.localeCompare(right.label, "en"));
}
