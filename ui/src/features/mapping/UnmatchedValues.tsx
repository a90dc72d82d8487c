import { Button, Group, Stack, Text } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { Paired } from "../../generated/api";
import classes from "./SeenValues.module.css";

/** How many are listed before someone asks for all. */
const FIRST = 12;

interface UnmatchedValuesProps {
  /** Those in no pair, the most frequent first. */
  values: Paired[];
  onAdd: (values: Paired[]) => void;
}

/** The values in no pair, each with what it could become. */
export function UnmatchedValues({ values, onAdd }: UnmatchedValuesProps) {
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const left = useRef<number | null>(null);
  // The button that was pressed goes with its value: whoever uses the keyboard goes on with the next.
  useEffect(() => {
    if (left.current === null) return;
    const buttons = list.current?.querySelectorAll("button");
    buttons?.[Math.min(left.current, buttons.length - 1)]?.focus();
    left.current = null;
  }, [values.length]);

  if (values.length === 0) return null;
  const suggested = values.filter(({ suggestion }) => suggestion !== null);
  const add = (value: Paired, place: number) => {
    left.current = place;
    onAdd([value]);
  };
  return (
    <Stack gap="xs">
      <ul ref={list} className={classes.values} aria-label="Values without a pair">
        {(all ? values : values.slice(0, FIRST)).map((value, place) => (
          <Value key={value.value.text} value={value} onAdd={() => add(value, place)} />
        ))}
      </ul>
      {!all && values.length > FIRST && (
        <Button size="xs" variant="subtle" className={classes.all} onClick={() => setAll(true)}>
          Show {values.length - FIRST} more
        </Button>
      )}
      <Group gap="xs">
        {suggested.length > 0 && (
          <Button size="xs" onClick={() => onAdd(suggested)}>
            {suggested.length === 1 ? "Add the suggested pair" : `Add all ${suggested.length} suggested pairs`}
          </Button>
        )}
        {suggested.length < values.length && (
          <Button size="xs" variant="default" onClick={() => onAdd(values)}>
            {values.length === 1 ? "Add it to the pairs" : `Add all ${values.length} values`}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Value({ value: { value, suggestion }, onAdd }: { value: Paired; onAdd: () => void }) {
  return (
    <li className={classes.value}>
      <Text size="sm" component="span" className={classes.text}>
        <bdi>{value.text}</bdi>{" "}
        <Text span size="xs" c="dimmed">
          <span aria-hidden>×{value.count}</span>
          <span className="visually-hidden">, {value.count === 1 ? "once" : `${value.count} times`}</span>
        </Text>
      </Text>
      {suggestion === null ? (
        <Text size="sm" component="span" c="dimmed" className={classes.text}>
          No suggestion
        </Text>
      ) : (
        <Text size="sm" component="span" className={classes.text}>
          <IconArrowRight size={14} role="img" aria-label="becomes" /> <bdi>{suggestion.to}</bdi>
          <Text span size="xs" c="dimmed" className={classes.why}>
            {suggestion.why}
          </Text>
        </Text>
      )}
      <Button size="compact-xs" variant="default" aria-label={`Add a pair for ${value.text}`} onClick={onAdd}>
        Add
      </Button>
    </li>
  );
}
