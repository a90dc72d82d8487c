import { Button, Stack, Text } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useCallback, useEffect } from "react";
import { useAction } from "../../commands";
import type { DoctorView } from "../../generated/api";
import { CopyButton } from "../../shared/Copy";
import { Notice } from "../../shared/Notice";
import { Page } from "../../shared/Page";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";
import { StateMark } from "../../shared/StateMark";
import { useAnnounce } from "../../shared/announce";
import { MovedAddresses } from "./MovedAddresses";
import { PathHistory } from "./PathHistory";
import { StepList } from "./StepList";

/** Which step of the way from the internet fails, why, and what to do (SCREENS.md complaint 3). */
export default function DoctorPage() {
  const announce = useAnnounce();
  const examine = useAction("path.examine");
  const { mutate } = examine;
  const run = useCallback(
    () => mutate({}, { onSuccess: (found) => announce(verdict(found)) }),
    [mutate, announce],
  );
  // The page is opened to be told, so it begins by itself.
  useEffect(run, [run]);
  return (
    <Page
      title="Connection doctor"
      crumbs={[{ label: "Home", href: "/" }, { label: "Connection doctor" }]}
      description="Goes the way of an event step by step and stops where it fails."
      action={
        <Button leftSection={<IconRefresh size={16} aria-hidden />} loading={examine.isPending} onClick={run}>
          Run again
        </Button>
      }
    >
      <Stack gap="lg">
        {examine.error && <Problem error={examine.error} />}
        <Section
          title="The way to this computer"
          description={examine.data?.host}
          testId="doctor"
          flush
          action={examine.data && <CopyButton text={examine.data.text} what="Text" label="Copy for your network team" />}
        >
          <StepList steps={examine.data?.steps ?? []} busy={examine.isPending || examine.isIdle} />
        </Section>
        {examine.data && <Verdict found={examine.data} />}
        <MovedAddresses />
        <PathHistory />
      </Stack>
    </Page>
  );
}

function Verdict({ found }: { found: DoctorView }) {
  const failed = found.steps.find(({ state }) => state === "failed");
  if (!failed) return <StateMark tone="good" word="Every step works: events can reach this computer." />;
  return (
    <Notice tone="bad" below={<Text size="sm">{failed.action}</Text>}>
      {failed.found}
    </Notice>
  );
}

function verdict({ steps }: DoctorView): string {
  return steps.find(({ state }) => state === "failed")?.found ?? "Every step works";
}
