import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { secretRefused, verified } from "../../fake/connection";
import { full } from "../../fake/scenarios";
import { CommandError } from "../../host";
import { expectAccessible, open } from "../../testing/screen";

const path = "/integrations/lever";
const answers = { ...full, "connections.show": () => secretRefused };

describe("a client secret that Lever refuses", () => {
  it("is changed in place, without another sign-in", async () => {
    const { host, user } = open(path, answers);
    expect(await screen.findByText(secretRefused.sentence)).toBeVisible();
    const change = screen.getByRole("button", { name: "Change the client secret" });
    expect(change).toBeDisabled();
    await user.type(screen.getByLabelText("New client secret"), " issued-today ");
    await expectAccessible();
    host.answer({ "connections.show": () => verified });
    await user.click(change);
    expect(await screen.findByText(verified.sentence)).toBeVisible();
    expect(screen.queryByTestId("client-secret")).not.toBeInTheDocument();
    const { request } = host.calls.find(({ name }) => name === "connections.change_client_secret") ?? {};
    expect(request).toEqual({ integration: "onboarding", client_secret: "issued-today" });
  });

  it("and another one that it refuses too is marked at its field", async () => {
    const message = "Lever refuses this client secret too.";
    const { user } = open(path, {
      ...answers,
      "connections.change_client_secret": () => {
        throw new CommandError({ code: "invalid_input", message, field: "client_secret", detail: null });
      },
    });
    const field = await screen.findByLabelText("New client secret");
    await user.type(field, "wrong{Enter}");
    expect(await screen.findByText(message)).toBeVisible();
    expect(field).toHaveAccessibleDescription(expect.stringContaining(message));
  });
});
