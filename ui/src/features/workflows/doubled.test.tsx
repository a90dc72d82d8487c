import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { full } from "../../fake/scenarios";
import { verifiedListener } from "../../fake/workflows";
import { open } from "../../testing/screen";

it("says at the listener that Lever calls its address twice", async () => {
  const doubled = [{ listener_id: verifiedListener.id, webhooks: 2 }];
  open("/workflows/onboarding", { ...full, "listeners.doubled": () => doubled });
  expect(await screen.findAllByText(/Lever has 2 webhooks with this address/)).toHaveLength(1);
});
