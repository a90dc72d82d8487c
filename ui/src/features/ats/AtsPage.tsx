import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "wouter";
import { useCommand } from "../../commands";
import { Card } from "../../shared/Card";
import { ConnectionSummary } from "../../shared/ConnectionSummary";
import { connectionWords } from "../../shared/connection-words";
import { LeverMark } from "../../shared/LeverMark";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { StateMark } from "../../shared/StateMark";
import classes from "./AtsPage.module.css";

/** Integrations > ATS: the applicant tracking systems that offers can come from. */
export default function AtsPage() {
  const connection = useCommand("connections.show", { integration: "offer_letters" });
  return (
    <Page
      title="ATS"
      description="The applicant tracking system whose offers become offer letters."
      crumbs={[{ label: "Settings", href: "/settings" }, { label: "Integrations", href: "/integrations" }, { label: "ATS" }]}
    >
      <Loaded query={connection}>
        {(view) => (
          <Card>
            <Group align="flex-start" gap="lg" p="lg" data-testid="ats-lever">
              <Stack align="center" gap="sm">
                <span className={classes.mark}>
                  <LeverMark size={40} />
                </span>
                <Button
                  component={Link}
                  href="/integrations/ats/lever"
                  variant={view.severity === 0 ? "filled" : "default"}
                  aria-label={view.severity === 0 ? "Connect Lever" : "Open Lever"}
                >
                  {view.severity === 0 ? "Connect" : "Open"}
                </Button>
              </Stack>
              <Stack gap="sm" flex={1} miw={260}>
                <Group justify="space-between">
                  <Title order={2}>Lever</Title>
                  <StateMark badge {...connectionWords[view.state]} testId="ats-state" />
                </Group>
                <Text size="sm">{view.sentence}</Text>
                {view.severity > 0 && <ConnectionSummary view={view} />}
              </Stack>
            </Group>
          </Card>
        )}
      </Loaded>
    </Page>
  );
}
