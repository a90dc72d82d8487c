import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useDeferredValue, useId, useState } from "react";
import { useAction, useCommand } from "../../commands";
import type { Mapping, Pair, Paired, Rule, SeenValues as Seen, TargetField } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Lines, Loaded } from "../../shared/Loaded";
import { Notice } from "../../shared/Notice";
import { Time } from "../../shared/Time";
import { countedIn, pairFor, withPairs } from "./seen-values";
import classes from "./SeenValues.module.css";
import { UnmatchedValues } from "./UnmatchedValues";

interface SeenValuesProps {
  which: Mapping;
  target: TargetField;
  rule: Rule;
  /** The place of the value map among the steps, from 0. */
  place: number;
  pairs: Pair[];
  onPairs: (pairs: Pair[]) => void;
}

/** Under the pairs of a value map: what there is in Lever, how much of it has a pair, and pairs for the rest. */
export function SeenValues(props: SeenValuesProps) {
  const heading = useId();
  const [revealed, setRevealed] = useState(!props.target.masked);
  return (
    <Stack gap="xs" component="section" aria-labelledby={heading} className={classes.seen} data-testid="seen-values">
      <Text size="sm" fw={600} id={heading}>
        Values in Lever
      </Text>
      {revealed ? (
        <Counts {...props} />
      ) : (
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed">
            The values of {props.target.label} are hidden.
          </Text>
          <Button size="xs" variant="default" onClick={() => setRevealed(true)}>
            Show them
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Counts({ which, rule, place, pairs, onPairs }: SeenValuesProps) {
  const announce = useAnnounce();
  const settled = useDeferredValue(rule);
  const seen = useCommand("mappings.values", { mapping: which, rule: settled, step: place }, { keepPrevious: true });
  const add = (values: Paired[]) => {
    onPairs(withPairs(pairs, values.map(pairFor)));
    announce(values.length === 1 ? "Pair added" : `${values.length} pairs added`);
  };
  return (
    <Loaded query={seen} skeleton={<Lines rows={2} />}>
      {(found) => (
        <>
          <Basis which={which} seen={found} />
          {found.coverage !== null && <Coverage percent={found.coverage} />}
          <UnmatchedValues values={found.values.filter(({ to }) => to === null)} onAdd={add} />
          {found.further > 0 && (
            <Text size="sm" c="dimmed">
              {found.further} rarer values are not listed. A field with so many different values is hardly one for a value map.
            </Text>
          )}
        </>
      )}
    </Loaded>
  );
}

/** What was counted, and when. */
function Basis({ which, seen }: { which: Mapping; seen: Seen }) {
  const { counted_in, records, values, further, reading, problem, read_at } = seen;
  const read = useAction("mappings.read_hires");
  const different = values.length + further;
  return (
    <>
      {problem !== null && <Notice tone="wait">{problem}</Notice>}
      {read.error && <Notice tone="wait">{read.error.message}</Notice>}
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" flex={1} role="status">
          {reading && read_at === null && records === 0 ? (
            "Reading Lever…"
          ) : (
            <>
              {different === 1 ? "1 different value" : `${different} different values`} in {countedIn(seen)}
              {read_at !== null && (
                <>
                  , read <Time at={read_at} ageOnly />
                </>
              )}
              . {reading && "More is being read…"}
            </>
          )}
        </Text>
        {counted_in === "kept_candidates" && (
          <Button size="xs" variant="default" loading={reading || read.isPending} onClick={() => read.mutate({ mapping: which })}>
            Read the last hires
          </Button>
        )}
      </Group>
    </>
  );
}

function Coverage({ percent }: { percent: number }) {
  return (
    <Group gap="sm" wrap="nowrap">
      <Progress value={percent} flex={1} aria-label="Values with a pair" />
      <Text size="sm" className={classes.percent}>
        {percent} % have a pair
      </Text>
    </Group>
  );
}
