import { Group, Table, Text } from "@mantine/core";
import type { ChangedCell, TestedHire, Verdict } from "../../generated/api";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import type { Tone } from "../../shared/tones";
import { Value } from "./SampleCell";
import classes from "./TestedHireRow.module.css";

const verdicts: Record<Verdict, { tone: Tone; word: string }> = {
  same: { tone: "good", word: "Same" },
  changed: { tone: "info", word: "Changed" },
  failed: { tone: "bad", word: "Would wait" },
};

/** One past hire: what becomes of them, and each field that differs. */
export function TestedHireRow({ hire: { candidate, hired_at, verdict, cells, blockers } }: { hire: TestedHire }) {
  return (
    <li className={classes.hire} data-testid={`hire-${candidate.opportunity_id}`}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={600}>
            <bdi>{candidate.name}</bdi>
          </Text>
          <Text size="xs" c="dimmed">
            {candidate.description}
            {hired_at !== null && (
              <>
                {candidate.description !== "" && ", "}hired <Time at={hired_at} ageOnly />
              </>
            )}
          </Text>
        </div>
        <StateMark {...verdicts[verdict]} />
      </Group>
      {blockers.map((words) => (
        <Text key={words} size="sm">
          {words}
        </Text>
      ))}
      {cells.length > 0 && <Cells cells={cells} name={candidate.name} />}
    </li>
  );
}

function Cells({ cells, name }: { cells: ChangedCell[]; name: string }) {
  return (
    <Table className={classes.cells} verticalSpacing={4}>
      <caption className="visually-hidden">What differs for {name}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Field</Table.Th>
          <Table.Th>In use</Table.Th>
          <Table.Th>Draft</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {cells.map(({ target, label, masked, live, draft, problem }) => (
          <Table.Tr key={target}>
            <Table.Th scope="row" className={classes.field}>
              {label}
            </Table.Th>
            <Table.Td>
              <Value text={live} masked={masked} label={`${label} in use`} />
            </Table.Td>
            <Table.Td>
              <Value text={draft} masked={masked} label={`${label} in the draft`} />
              {problem !== null && <StateMark tone="wait" word={problem} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
