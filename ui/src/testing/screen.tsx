import { render } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { run, type Result } from "axe-core";
import { expect } from "vitest";
import { memoryLocation } from "wouter/memory-location";
import { App } from "../app/App";
import { Root } from "../app/Root";
import { Leavable } from "../shared/Leavable";
import { createFakeHost, type Answers, type FakeHost } from "../fake/fake-host";

interface Shown {
  host: FakeHost;
  user: UserEvent;
  /** Every address that was visited, the last one open. */
  history: string[];
}

/** Opens the app at an address, over a host with these answers. */
export function open(path: string, answers: Answers): Shown {
  const host = createFakeHost(answers);
  const { hook, history } = memoryLocation({ path, record: true });
  const user = userEvent.setup({ pointerEventsCheck: 0 });
  render(
    <Root host={host}>
      <Leavable hook={hook}>
        <App />
      </Leavable>
    </Root>,
  );
  return { host, user, history };
}

/** Fails with the findings of axe, if there are any. Contrast needs a real layout and is seen in the screenshots. */
export async function expectAccessible(): Promise<void> {
  const { violations } = await run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map(describe)).toEqual([]);
}

function describe({ id, nodes }: Result): string {
  return `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`;
}
