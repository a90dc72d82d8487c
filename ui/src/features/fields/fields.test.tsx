import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { full } from "../../fake/scenarios";
import { CommandError } from "../../host";
import { expectAccessible, open } from "../../testing/screen";

const path = "/settings/person-fields";
type Shown = ReturnType<typeof open>;

const requests = ({ host }: Shown, name: string) => host.calls.filter((call) => call.name === name).map(({ request }) => request);

async function press({ user }: Shown, name: string | RegExp): Promise<void> {
  await user.click(await screen.findByRole("button", { name }));
}

describe("the fields of people", () => {
  it("say what each is and whether an import needs and fills it", async () => {
    open(path, full);
    expect(await screen.findByTestId("field-first_name")).toHaveTextContent("First nameTextRequired, mapped");
    expect(screen.getByTestId("field-own_shirt_size")).toHaveTextContent("ChoiceSmall, Medium, LargeRequired, not mapped");
    expect(screen.getByTestId("field-manager")).toHaveTextContent("ColleagueOptional");
    expect(within(screen.getByTestId("field-pay_amount")).getByRole("img", { name: "Masked until revealed" })).toBeVisible();
  });

  it("are added with group, type and options, by keyboard alone", async () => {
    const shown = open(path, full);
    const { user } = shown;
    await press(shown, "Add field");
    const form = within(await screen.findByRole("dialog", { name: "Add a person field" }));
    expect(form.getByRole("button", { name: "Save field" })).toBeDisabled();
    await user.type(form.getByLabelText("Name"), "Desk");
    await user.type(form.getByLabelText("Group", { selector: "input" }), "Equipment");
    await user.click(form.getByRole("combobox", { name: "Type" }));
    await user.click(await screen.findByRole("option", { name: "Choice" }));
    await user.type(form.getByLabelText("Options"), "Window{Enter}Aisle");
    await expectAccessible();
    await user.click(form.getByRole("switch", { name: /^Required/ }));
    expect(form.getByText(/hires wait under People/)).toBeVisible();
    await user.type(form.getByLabelText("Name"), "{Enter}");
    expect(requests(shown, "person_fields.add")).toEqual([
      { label: "Desk", group: "Equipment", type: "choice", options: ["Window", "Aisle"], required: true, masked: false },
    ]);
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("keep group and type where they come with Fulcrum, and the first name stays required", async () => {
    const shown = open(path, full);
    await press(shown, "Edit First name");
    const form = within(await screen.findByRole("dialog", { name: "Edit First name" }));
    expect(form.getByLabelText("Group", { selector: "input" })).toBeDisabled();
    expect(form.getByRole("switch", { name: /^Required/ })).toBeDisabled();
    await press(shown, "Remove First name: It comes with Fulcrum");
    expect(screen.queryByRole("dialog", { name: /Remove/ })).not.toBeInTheDocument();
  });

  it("show a refusal beside its input", async () => {
    const message = "There is a field “First name” already.";
    const shown = open(path, {
      ...full,
      "person_fields.change": () => {
        throw new CommandError({ code: "invalid_input", message, field: "label", detail: null });
      },
    });
    await press(shown, "Edit Laptop");
    await shown.user.type(await screen.findByLabelText("Name"), "{Enter}");
    expect(await screen.findByText(message)).toBeVisible();
    expect(screen.getByLabelText("Name")).toBeInvalid();
  });

  it("are moved, and removed after a question that says what stays", async () => {
    const shown = open(path, full);
    await press(shown, "Move Laptop up");
    await press(shown, "Move Laptop down");
    expect(requests(shown, "person_fields.move")).toEqual([{ id: "own_laptop", to: "up" }]);
    await press(shown, "Remove Shirt size");
    const asked = await screen.findByRole("dialog", { name: "Remove the field “Shirt size”?" });
    expect(asked).toHaveTextContent("keep the value until you erase it here");
    await shown.user.click(within(asked).getByRole("button", { name: "Remove field" }));
    expect(requests(shown, "person_fields.remove")).toEqual([{ id: "own_shirt_size" }]);
  });

  it("come back after they were removed, or lose their values for good", async () => {
    const shown = open(path, full);
    expect(await screen.findByTestId("removed-fields")).toHaveTextContent("3 people have a value · the mapping still has a rule for it");
    await press(shown, "Put back Badge colour");
    expect(requests(shown, "person_fields.put_back")).toEqual([{ id: "own_badge" }]);
    await press(shown, "Erase the values of Badge colour");
    await shown.user.click(await screen.findByRole("button", { name: "Erase" }));
    expect(requests(shown, "person_fields.erase")).toEqual([{ id: "own_badge" }]);
  });

  it("link a colleague who is in the directory, from both sides", async () => {
    open("/people/person-1", full);
    expect(await screen.findByRole("link", { name: "Tomás O’Brien" })).toHaveAttribute("href", "/people/person-4");
    expect(screen.getByText("ines.duarte@mail.example")).toBeVisible();
    const named = screen.getByRole("region", { name: "Named by colleagues" });
    expect(named).toHaveTextContent("Buddy ofليلى حداد, Zoë 🌻 Okafor");
  });
});
