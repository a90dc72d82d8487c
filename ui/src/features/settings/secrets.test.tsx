import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { full, refused } from "../../fake/scenarios";
import { recovered, secrets } from "../../fake/settings";
import { CommandError } from "../../host";
import { expectAccessible, open } from "../../testing/screen";

const without = { ...full, "vault.show": () => ({ ...secrets, recovery_code: null }) };

describe("Where are my secrets", () => {
  it("names the place of the key and of everything else", async () => {
    open("/settings", full);
    const section = await screen.findByRole("region", { name: "Where are my secrets" });
    expect(await within(section).findByText(/this computer's keychain/)).toBeVisible();
    expect(within(section).getByText(secrets.database)).toBeVisible();
    expect(within(section).getByText(/Programs that run as you/)).toBeVisible();
    await expectAccessible();
  });

  it("says what went wrong when it cannot be read", async () => {
    open("/settings", {
      ...full,
      "vault.show": () => {
        throw refused;
      },
    });
    const section = await screen.findByRole("region", { name: "Where are my secrets" });
    expect(await within(section).findByText(refused.message)).toBeVisible();
  });

  it("warns while there is no recovery code, and shows a new one once", async () => {
    const { user, host } = open("/settings", without);
    expect(await screen.findByText(/Without a recovery code/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Make a recovery code" }));
    const dialog = await screen.findByRole("dialog", { name: "Recovery code" });
    await user.click(within(dialog).getByRole("button", { name: "Make the code" }));
    expect(await within(dialog).findByLabelText("Your recovery code")).toHaveValue("7Q2M-4XKD-9RTA-0WEN-6HBC-3VZP");
    await expectAccessible();
    const done = within(dialog).getByRole("button", { name: "Done" });
    expect(done).toBeDisabled();
    host.answer({ "vault.show": full["vault.show"] });
    await user.click(within(dialog).getByLabelText("I have kept the code"));
    await user.click(done);
    expect(screen.queryByDisplayValue(/7Q2M/)).toBeNull();
  });

  it("asks for a new passphrase after the recovery code, and keeps the key under it", async () => {
    const kept = { ...secrets, place: "passphrase_file" as const, key_address: "/home/amina/master-key.age" };
    const short = new CommandError({ code: "invalid_input", message: "Choose another one.", field: "passphrase", detail: null });
    const { user, host } = open("/settings", {
      ...full,
      "vault.show": () => recovered,
      "vault.choose_passphrase": () => {
        throw short;
      },
    });
    await user.click(await screen.findByRole("button", { name: "Choose a new passphrase" }));
    const dialog = await screen.findByRole("dialog", { name: "New passphrase" });
    const set = within(dialog).getByRole("button", { name: "Set passphrase" });
    await user.type(within(dialog).getByLabelText("Passphrase"), "correct horse battery");
    await user.click(set);
    expect(await within(dialog).findByText("The two passphrases differ.")).toBeVisible();
    await user.type(within(dialog).getByLabelText("Passphrase again"), "correct horse battery");
    await user.click(set);
    expect(await within(dialog).findByText(short.message)).toBeVisible();
    await expectAccessible();
    host.answer({ "vault.show": () => kept, "vault.choose_passphrase": () => kept });
    await user.click(set);
    expect(await screen.findByText(kept.key_address)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Choose a new passphrase" })).toBeNull();
  });

  it("tells whether the code that was kept is right", async () => {
    const wrong = new CommandError({ code: "invalid_input", message: "This is not the code.", field: "code", detail: null });
    const { user, host } = open("/settings", {
      ...full,
      "vault.test_recovery_code": () => {
        throw wrong;
      },
    });
    await user.click(await screen.findByRole("button", { name: "Test my recovery code" }));
    const dialog = await screen.findByRole("dialog", { name: "Test my recovery code" });
    await user.type(within(dialog).getByLabelText("Recovery code"), "7q2m{Enter}");
    expect(await within(dialog).findByText(wrong.message)).toBeVisible();
    expect(within(dialog).getByLabelText("Recovery code")).toBeInvalid();
    await expectAccessible();
    host.answer({ "vault.test_recovery_code": full["vault.test_recovery_code"] });
    await user.click(within(dialog).getByRole("button", { name: "Test" }));
    expect(await within(dialog).findByText(/it opens this database/)).toBeVisible();
  });
});
