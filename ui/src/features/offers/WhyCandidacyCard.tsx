import { Stack, Text, Title } from "@mantine/core";
import type { WhyCandidacy } from "../../generated/api";
import classes from "./Why.module.css";
import { WhyOffer } from "./WhyOffer";

/** One candidacy with each of its offers. */
export function WhyCandidacyCard({ candidacy: { name, opportunity_id, offers } }: { candidacy: WhyCandidacy }) {
  return (
    <article className={classes.candidacy} aria-label={name} data-testid="why-candidacy">
      <Title order={3}>
        <bdi>{name || "A candidate without a name"}</bdi>
      </Title>
      <Text size="xs" c="dimmed">
        Opportunity <code>{opportunity_id}</code>
      </Text>
      <Stack gap="md" mt="sm">
        {offers.map((offer, place) => (
          <WhyOffer key={offer.letter_id ?? place} offer={offer} number={offers.length > 1 ? place + 1 : null} />
        ))}
      </Stack>
    </article>
  );
}
