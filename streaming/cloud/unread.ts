/** Why something that was looked up in Azure could not be read: nothing is there, or it is not the signed-in principal's to see. */
export type Unread = "missing" | "hidden";
