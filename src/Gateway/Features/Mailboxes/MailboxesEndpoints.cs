namespace Gateway.Features.Mailboxes;

internal static class MailboxesEndpoints
{
    public static IServiceCollection AddMailboxes(this IServiceCollection services) => services.AddSingleton<MailboxNumbers>();

    public static void MapMailboxes(this IEndpointRouteBuilder routes) { }
}
