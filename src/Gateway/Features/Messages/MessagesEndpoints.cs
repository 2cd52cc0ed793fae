using Gateway.Features.Accounts;
using Gateway.Http;

namespace Gateway.Features.Messages;

internal static class MessagesEndpoints
{
    public static IServiceCollection AddMessages(this IServiceCollection services)
    {
        services.AddOptions<MessageOptions>().BindConfiguration(MessageOptions.Section);
        services.AddGuardedHttpClient(RemoteImages.ClientName);
        services.AddGuardedHttpClient(UnsubscribeFromMailing.ClientName);
        return services
            .AddSingleton<MessageLocator>().AddSingleton<FactsCache>().AddSingleton<ContentCache>().AddSingleton<PartRange>()
            .AddSingleton<SortValues>().AddSingleton<SortedUids>().AddSingleton<SortedListing>().AddSingleton<WideListing>().AddSingleton<ArrivalListing>()
            .AddSingleton<MessageRows>().AddSingleton<MessageReading>().AddSingleton<MessageMoves>()
            .AddSingleton<TrustedServers>().AddSingleton<MovesByOthers>().AddSingleton<RemoteImages>().AddSingleton<PageImages>().AddSingleton<BatchSelection>().AddSingleton<BatchWriting>()
            .AddExample(MessageExamples.Row).AddExample(MessageExamples.Whole).AddExample(MessageExamples.Update).AddExample(MessageExamples.Batch)
            .AddHostedService<RenderingWarmUp>();
    }

    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/v1/accounts/{accountId}/messages").WithTags("Messages").TellMissingAccount().WithETags().FollowMoves()
            .WithProblems(400, 401, 403, 404, 409, 410, 429, 502, 503, 504);
        ListMessages.Map(messages);
        GetMessage.Map(messages);
        GetRawMessage.Map(messages);
        GetMessageHeaders.Map(messages);
        GetMessageText.Map(messages);
        GetMessageHtml.Map(messages);
        GetAttachment.Map(messages);
        GetAttachedMessage.Map(messages);
        GetAttachmentsArchive.Map(messages);
        GetRemoteImage.Map(messages);
        UnsubscribeFromMailing.Map(messages);
        UpdateMessage.Map(messages);
        UpdateMessages.Map(messages);
        ImportMessage.Map(messages);
        DeleteMessage.Map(messages);
    }
}
