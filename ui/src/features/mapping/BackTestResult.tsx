import { Button, Group, Progress, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useAction, useCommand } from "../../commands";
import type { HiresRead, Mapping, Rule, Verdict } from "../../generated/api";
import type { CommandError } from "../../host";
import { Lines, Loaded } from "../../shared/Loaded";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { TestedHireRow } from "./TestedHireRow";

type Filter = Verdict | "all";

interface BackTestResultProps {
  which: Mapping;
  rules: Rule[];
  /** Why the hires could not begin to be read. */
  error: CommandError | null;
  /** Reads them again. */
  onRead: () => void;
}

/** The last hires under the draft and under the saved mapping, cell by cell. */
export function BackTestResult({ which, rules, error, onRead }: BackTestResultProps) {
  const test = useCommand("mappings.back_test", { mapping: which, rules: { rules } }, { keepPrevious: true });
  const [filter, setFilter] = useState<Filter>("all");
  return (
    <Stack gap="md">
      {error && <Problem error={error} onRetry={onRead} />}
      <Loaded query={test} skeleton={<Lines rows={6} />}>
        {({ hires, version, people }) => {
          const count = (verdict: Verdict) => people.filter((hire) => hire.verdict === verdict).length;
          return (
            <>
              <Text size="sm" c="dimmed">
                {version === 0
                  ? "No mapping is saved yet, so every value is new. "
                  : `What differs from version ${version}, which is in use. `}
                Nothing is imported or changed.
              </Text>
              <Reading which={which} hires={hires} onRead={onRead} />
              <SegmentedControl
                aria-label="Which hires to show"
                value={filter}
                onChange={(next) => setFilter(filters.find((known) => known === next) ?? "all")}
                data={[
                  { value: "all", label: `All ${people.length}` },
                  { value: "same", label: `${count("same")} same` },
                  { value: "changed", label: `${count("changed")} changed` },
                  { value: "failed", label: `${count("failed")} would wait` },
                ]}
              />
              <Stack gap="md" component="ul" m={0} p={0}>
                {people
                  .filter(({ verdict }) => filter === "all" || verdict === filter)
                  .map((hire) => (
                    <TestedHireRow key={hire.candidate.opportunity_id} hire={hire} />
                  ))}
              </Stack>
              {people.length === 0 && !hires.reading && (
                <Text size="sm">Nobody was hired yet, or Lever does not say when. There is nothing to try the draft on.</Text>
              )}
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}

const filters: readonly Filter[] = ["all", "same", "changed", "failed"];

interface ReadingProps {
  which: Mapping;
  hires: HiresRead;
  onRead: () => void;
}

/** How far the reading of hires is, with *Stop*. */
function Reading({ which, hires: { reading, done, total, problem }, onRead }: ReadingProps) {
  const stop = useAction("mappings.stop_reading_hires");
  if (problem !== null) {
    return (
      <Notice
        tone="wait"
        action={
          <Button size="compact-sm" variant="default" onClick={onRead}>
            Try again
          </Button>
        }
      >
        {problem} What was read before is shown.
      </Notice>
    );
  }
  if (!reading) return null;
  return (
    <Stack gap="xs" data-testid="reading-hires">
      <Progress value={total === 0 ? 0 : (100 * done) / total} aria-label="Hires read" />
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed" role="status">
          {total === 0 ? "Looking for the last hires in Lever…" : `Reading hires from Lever: ${done} of ${total}`}
        </Text>
        <Button variant="default" size="xs" loading={stop.isPending} onClick={() => stop.mutate({ mapping: which })}>
          Stop
        </Button>
      </Group>
    </Stack>
  );
}
