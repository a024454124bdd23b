/** How many rows there are of which something has to be told though they count. `contradiction`: their counts and their value disagree. */
export type Told = Partial<Record<'contradiction', number>>
