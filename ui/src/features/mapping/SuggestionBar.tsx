import { Button, Group } from "@mantine/core";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import type { MappingSuggestions } from "./useSuggestions";

/** How many rows have a suggestion, with what is done about all of them. */
export function SuggestionBar({ suggestions }: { suggestions: MappingSuggestions }) {
  const { open, exact, dismissed, error, acceptExact, restore } = suggestions;
  if (error) return <Problem error={error} />;
  const again = dismissed > 0 && (
    <Button size="xs" variant="subtle" onClick={restore}>
      Show {dismissed} dismissed
    </Button>
  );
  if (open.length === 0) return again ? <Group justify="flex-end">{again}</Group> : null;
  return (
    <Notice
      tone="info"
      testId="suggestions"
      action={
        <Group gap="xs">
          {again}
          {exact.length > 0 && (
            <Button size="xs" variant="default" onClick={acceptExact}>
              Accept all exact
            </Button>
          )}
        </Group>
      }
    >
      {rows(open.length)} {exactly(exact.length, open.length)} None is used before you accept it.
    </Notice>
  );
}

function rows(count: number): string {
  return count === 1 ? "1 row has a suggestion." : `${count} rows have a suggestion.`;
}

/** Exact is what has the same name, with no other field that could be meant. */
function exactly(exact: number, all: number): string {
  if (exact === 0) return "";
  if (exact === all) return exact === 1 ? "It has exactly the same name in Lever." : "All have exactly the same name in Lever.";
  return `${exact} ${exact === 1 ? "has" : "have"} exactly the same name in Lever.`;
}
