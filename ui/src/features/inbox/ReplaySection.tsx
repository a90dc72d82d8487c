import { Button, Group, Select, Stack, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useAction, useCommand } from "../../commands";
import type { Replay } from "../../generated/api";
import { Masked } from "../../shared/Masked";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";

/** *Replay*: what the event would do now, through any version of the mapping. It writes nothing. */
export function ReplaySection({ id }: { id: number }) {
  const [version, setVersion] = useState<string | null>(null);
  const history = useCommand("mappings.history", { mapping: "people" });
  const replay = useAction("inbox.replay");
  const versions = history.data ?? [];
  return (
    <Stack gap="xs">
      <Title order={3}>Replay</Title>
      <Text size="sm" c="dimmed">
        Reads Lever again and shows what would happen. Nothing is written.
      </Text>
      <Group gap="xs">
        <Select
          w={240}
          aria-label="Version of the mapping"
          placeholder="Newest mapping"
          clearable
          data={versions.map(({ version: number }) => ({ value: String(number), label: `Mapping version ${number}` }))}
          value={version}
          onChange={setVersion}
        />
        <Button
          size="xs"
          variant="default"
          loading={replay.isPending}
          onClick={() => replay.mutate({ id, version: version === null ? null : Number(version) })}
        >
          Try it
        </Button>
      </Group>
      {replay.error && <Problem error={replay.error} />}
      {replay.data && <Outcome replay={replay.data} />}
    </Stack>
  );
}

function Outcome({ replay: { sentence, imports, fields, version, newest } }: { replay: Replay }) {
  const older = version !== newest;
  return (
    <Stack gap="xs" data-testid="replay">
      <Notice tone={imports ? "good" : "wait"}>{sentence}</Notice>
      {older && <Text size="sm">A real run takes version {newest}, the newest.</Text>}
      {fields.length > 0 && (
        <Table aria-label="What each field would get">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Field</Table.Th>
              <Table.Th>Version {version}</Table.Th>
              {older && <Table.Th>Version {newest}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fields.map(({ label, masked, value, problem, newest: now }) => (
              <Table.Tr key={label}>
                <Table.Td>{label}</Table.Td>
                <Table.Td>{value === null ? (problem ?? "–") : <Value label={label} value={value} masked={masked} />}</Table.Td>
                {older && <Table.Td>{now === null ? "–" : <Value label={label} value={now} masked={masked} />}</Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}

function Value({ label, value, masked }: { label: string; value: string; masked: boolean }) {
  return masked ? <Masked label={label} value={value} /> : <bdi>{value}</bdi>;
}
