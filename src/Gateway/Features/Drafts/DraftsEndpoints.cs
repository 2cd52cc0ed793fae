using Gateway.Features.Accounts;
using Gateway.Http;
using Gateway.Mail;

namespace Gateway.Features.Drafts;

internal static class DraftsEndpoints
{
    private static readonly int[] Met = [400, 401, 403, 404, 409, 410, 429, 502, 503, 504];

    public static IServiceCollection AddDrafts(this IServiceCollection services) => services
        .AddSingleton<DraftPlaces>().AddSingleton<DraftReading>().AddSingleton<DraftWriting>().AddSingleton<AnswerDrafting>()
        .AddExample(new DraftRequest(To: [new("bob@example.com", "Bob")], Subject: "Lunch on Friday?", Text: "Shall we try", InReplyTo: new MessageKey(new(1), 4711)));

    public static void MapDrafts(this IEndpointRouteBuilder routes)
    {
        var drafts = routes.MapGroup("/v1/accounts/{accountId}/drafts").WithTags("Drafts").TellMissingAccount().WithETags().WithProblems(Met);
        ListDrafts.Map(drafts);
        AddDraft.Map(drafts);
        GetDraft.Map(drafts);
        UpdateDraft.Map(drafts);
        DeleteDraft.Map(drafts);
        SendDraft.Map(drafts);
        var messages = routes.MapGroup("/v1/accounts/{accountId}/messages").WithTags("Drafts").TellMissingAccount().WithProblems(Met);
        ReplyToMessage.Map(messages);
        ReplyToAll.Map(messages);
        ForwardMessage.Map(messages);
    }
}
