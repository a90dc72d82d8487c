import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Notice.module.css";
import { toneColor, toneIcon, toneSurface, type Tone } from "./tones";

interface NoticeProps {
  tone: Tone;
  /** The sentence. */
  children: ReactNode;
  /** The one thing to do about it. */
  action?: ReactNode;
  below?: ReactNode;
  /** Whether it interrupts a screen reader; for the answer to something just done. */
  urgent?: boolean;
  testId?: string;
}

/** A sentence that must be seen, with what to do about it. */
export function Notice({ tone, children, action, below, urgent = false, testId }: NoticeProps) {
  const Mark = toneIcon[tone];
  return (
    <div
      className={classes.notice}
      role={urgent ? "alert" : undefined}
      data-testid={testId}
      style={{ background: toneSurface[tone] }}
    >
      <Mark size={20} color={toneColor[tone]} aria-hidden />
      <Stack gap="xs" flex={1} miw={0}>
        <Group justify="space-between" gap="sm" align="flex-start">
          <Text component="div" size="sm" flex={1} miw={200}>
            {children}
          </Text>
          {action}
        </Group>
        {below}
      </Stack>
    </div>
  );
}
