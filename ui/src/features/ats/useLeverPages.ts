import { useCommand } from "../../commands";

interface LeverPages {
  webhooks: string | null;
  offerForm: string | null;
}

/** The pages in the Lever that offer letters are connected to; none while they are not. */
export function useLeverPages(): LeverPages {
  const list = useCommand("grants.list", {});
  const grant = list.data?.grants.find(({ integration }) => integration === "offer_letters");
  return { webhooks: grant?.webhooks_url ?? null, offerForm: grant?.offer_form_url ?? null };
}
