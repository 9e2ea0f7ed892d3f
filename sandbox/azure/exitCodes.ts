/** Another server has the directory: there is nothing to do, and nothing wrong. */
export const alreadyRunning = 75;
