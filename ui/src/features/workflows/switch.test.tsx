import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { full } from "../../fake/scenarios";
import { onboarding, paused, switchedOff, verifiedListener } from "../../fake/workflows";
import { expectAccessible, open } from "../../testing/screen";

it("a listener that is switched off says so, and is switched on in its place", async () => {
  const only = (listener: typeof verifiedListener) => () => ({ ...onboarding, listeners: [listener] });
  const { host, user } = open("/workflows/onboarding", { ...full, "workflows.show": only(switchedOff) });
  expect(await screen.findByTestId("listener-state")).toHaveTextContent("Switched off");
  expect(screen.getByText(/stored and not run/)).toBeVisible();
  await expectAccessible();
  host.answer({ "workflows.show": only(verifiedListener) });
  await user.click(screen.getByRole("switch", { name: "Run events of Candidate hired" }));
  await waitFor(() => expect(screen.getByTestId("listener-state")).toHaveTextContent("Connection verified"));
  expect(host.calls.find(({ name }) => name === "listeners.switch")?.request).toEqual({ id: switchedOff.id, on: true });
});

it("a listener that the end of the connection switched off says what switches it on again", async () => {
  open("/workflows/onboarding", { ...full, "workflows.show": () => ({ ...onboarding, listeners: [paused] }) });
  expect(await screen.findByTestId("listener-state")).toHaveTextContent("Switched off");
  expect(screen.getByText(/connecting the same organisation again switches it on/)).toBeVisible();
});
