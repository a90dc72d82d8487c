import { Stack, Text } from "@mantine/core";
import { IconRoute } from "@tabler/icons-react";
import { useCommand } from "../../commands";
import type { WorkflowRow } from "../../generated/api";
import { Card } from "../../shared/Card";
import { Empty } from "../../shared/Empty";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { TextLink } from "../../shared/TextLink";
import { count } from "../../shared/words";
import classes from "./WorkflowsPage.module.css";

/** The workflows that people can enter. */
export default function WorkflowsPage() {
  const workflows = useCommand("workflows.list", {});
  return (
    <Page title="Workflows" description="What starts for a person when something happens in Lever.">
      <Card>
        <Loaded query={workflows}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty icon={IconRoute} title="No workflows yet" why="Fulcrum makes the Onboarding workflow when its data is first opened. Start Fulcrum again." />
            ) : (
              <ul className={classes.list}>
                {rows.map((row) => (
                  <Row key={row.id} row={row} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
    </Page>
  );
}

function Row({ row }: { row: WorkflowRow }) {
  return (
    <li className={classes.row} data-testid="workflow-row">
      <IconRoute size={20} stroke={1.6} color="var(--mantine-color-dimmed)" aria-hidden />
      <Stack gap={2} flex={1} miw={0}>
        <Text size="sm" fw={600}>
          {row.name}
        </Text>
        <Text size="sm" c="dimmed">
          {row.description}
        </Text>
        <Text size="xs" c="dimmed">
          {count(row.people, "person", "people")} · {count(row.listeners, "listener")}
        </Text>
      </Stack>
      <TextLink href={`/workflows/${encodeURIComponent(row.id)}`} aria-label={`Manage workflow ${row.name}`}>
        Manage workflow
      </TextLink>
    </li>
  );
}
