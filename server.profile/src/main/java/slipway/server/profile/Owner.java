package slipway.server.profile;

/**
 * Whose a section is.
 *
 * @param service the service that its bundle provides; the bundle's name if it provides none
 * @param version of the bundle
 */
record Owner(String service, String version) {}
