import { Stack, Text } from "@mantine/core";
import type { SignInFailure } from "../../generated/api";
import { Details } from "../../shared/Details";
import { Notice } from "../../shared/Notice";
import { Time } from "../../shared/Time";

/** Why the last sign-in gave no connection, the one thing to do, and Lever's own words for whoever asks. */
export function SignInFailed({ failure }: { failure: SignInFailure }) {
  return (
    <Notice tone="bad" testId="sign-in-failure" below={failure.detail !== null && <Details text={failure.detail} />}>
      <Stack gap={2}>
        <Text size="sm">
          {failure.sentence} <Time at={failure.at} ageOnly />
        </Text>
        <Text size="sm">
          <strong>What to do:</strong> {failure.action}
        </Text>
      </Stack>
    </Notice>
  );
}
