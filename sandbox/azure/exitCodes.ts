/** Another server has the directory: there is nothing to do, and this is no error. */
export const alreadyRunning = 75;
