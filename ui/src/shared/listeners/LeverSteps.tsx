import { Stack, Text, Title } from "@mantine/core";
import { ExternalLink } from "../ExternalLink";
import classes from "./LeverSteps.module.css";

interface LeverStepsProps {
  eventLabel: string;
  /** The page in Lever where webhooks are set up. */
  leverUrl: string | null;
}

/** What to do in Lever, in the article's order and words. */
export function LeverSteps({ eventLabel, leverUrl }: LeverStepsProps) {
  return (
    <Stack gap="sm" className={classes.steps}>
      <Title order={3}>In Lever</Title>
      <Text component="ol" size="sm" className={classes.list}>
        <li>
          Open <strong>Settings &gt; Integrations and API &gt; Webhooks</strong>.
        </li>
        <li>
          Turn on the toggle <strong>{eventLabel}</strong>.
        </li>
        <li>
          Click <strong>Add webhook</strong>.
        </li>
        <li>
          Paste the <strong>Endpoint URL</strong> into the top field.
        </li>
        <li>
          Copy the <strong>Signature token</strong> and paste it here.
        </li>
        <li>
          Click <strong>Create event listener</strong> here, then <strong>Verify connection</strong> in Lever.
        </li>
      </Text>
      {leverUrl !== null && <ExternalLink href={leverUrl}>Open Lever settings</ExternalLink>}
    </Stack>
  );
}
