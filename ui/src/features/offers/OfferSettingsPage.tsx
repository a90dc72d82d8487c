import { useCommand } from "../../commands";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";
import { OfferSettingsForm } from "./OfferSettingsForm";

/** When an offer has a letter, and what is written to Lever for it. */
export default function OfferSettingsPage() {
  const settings = useCommand("letters.settings", {});
  return (
    <Page
      title="Settings of offer letters"
      description="When an offer in Lever has a letter, and what Lever is told of it."
      crumbs={[{ label: "Offers", href: "/offers" }, { label: "Settings of offer letters" }]}
      action={<TextLink href="/integrations/ats/lever">Lever for offer letters</TextLink>}
    >
      <Section title="Offer letters">
        <Loaded query={settings}>{(view) => <OfferSettingsForm view={view} />}</Loaded>
      </Section>
    </Page>
  );
}
