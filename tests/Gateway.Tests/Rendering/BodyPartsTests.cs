using Gateway.Rendering;
using MailKit;
using MimeKit;
using Xunit;

namespace Gateway.Tests.Rendering;

public class BodyPartsTests
{
    [Fact]
    public void A_plain_message_is_its_text()
    {
        var parts = BodyParts.Read(Leaf("", "text/plain"));

        Assert.NotNull(parts.Text);
        Assert.Null(parts.Html);
        Assert.Equal("1", parts.Tree.PartId);
        Assert.Empty(parts.Attachments);
    }

    [Fact]
    public void Alternatives_are_one_text_and_one_html()
    {
        var parts = BodyParts.Read(Multipart("alternative", Leaf("1", "text/plain"), Leaf("2", "text/x-amp-html"), Leaf("3", "text/html")));

        Assert.Equal(("1", "3"), (parts.Text!.PartSpecifier, parts.Html!.PartSpecifier));
        Assert.Empty(parts.Attachments);
    }

    [Fact]
    public void Images_shown_in_the_text_are_inline_and_files_are_attached()
    {
        var parts = BodyParts.Read(Multipart(
            "mixed",
            Multipart(
                "related",
                Multipart("alternative", Leaf("1.1.1", "text/plain"), Leaf("1.1.2", "text/html")),
                Leaf("1.2", "image/png", contentId: "<logo@x>")),
            Leaf("2", "application/pdf", "attachment", "a.pdf")));

        Assert.Equal(("1.1.1", "1.1.2"), (parts.Text!.PartSpecifier, parts.Html!.PartSpecifier));
        Assert.Equal([("1.2", "inline"), ("2", "attachment")], parts.Attachments.Select(a => (a.PartId, a.Disposition)));
        Assert.Equal("1.2", parts.PartIdOf("LOGO@x"));
        Assert.Null(parts.PartIdOf("gone"));
    }

    [Fact]
    public void Alternatives_with_pictures_inside_are_found()
    {
        var parts = BodyParts.Read(Multipart(
            "alternative", Leaf("1", "text/plain"), Multipart("related", Leaf("2.1", "text/html"), Leaf("2.2", "image/gif", contentId: "<a>"))));

        Assert.Equal(("1", "2.1"), (parts.Text!.PartSpecifier, parts.Html!.PartSpecifier));
        Assert.Equal("inline", Assert.Single(parts.Attachments).Disposition);
    }

    [Fact]
    public void The_first_text_is_the_body_and_a_later_one_an_attachment()
    {
        var parts = BodyParts.Read(Multipart("mixed", Leaf("1", "text/html"), Leaf("2", "text/plain")));

        Assert.Equal("1", parts.Html!.PartSpecifier);
        Assert.Null(parts.Text);
        Assert.Equal("2", Assert.Single(parts.Attachments).PartId);
    }

    [Fact]
    public void A_text_that_is_attached_is_not_the_body()
    {
        var parts = BodyParts.Read(Multipart("mixed", Leaf("1", "text/html", "attachment", "evil.html"), Leaf("2", "text/plain")));

        Assert.Equal("2", parts.Text!.PartSpecifier);
        Assert.Equal("evil.html", Assert.Single(parts.Attachments).FileName);
    }

    [Fact]
    public void An_attached_message_is_one_attachment_and_not_looked_into()
    {
        var inner = new BodyPartMessage(new ContentType("message", "rfc822"), "2") { Body = Leaf("2.1", "text/html") };
        var parts = BodyParts.Read(Multipart("mixed", Leaf("1", "text/plain"), inner));

        Assert.Null(parts.Html);
        Assert.Equal("message/rfc822", Assert.Single(parts.Attachments).ContentType);
        Assert.Null(parts.Tree.Children![1].Children);
    }

    [Fact]
    public void An_invitation_among_the_alternatives_is_kept()
    {
        var parts = BodyParts.Read(Multipart("alternative", Leaf("1", "text/plain"), Leaf("2", "text/calendar")));

        Assert.Equal("text/calendar", Assert.Single(parts.Attachments).ContentType);
    }

    [Fact]
    public void An_svg_is_never_shown_for_a_content_id()
    {
        var parts = BodyParts.Read(Multipart("related", Leaf("1", "text/html"), Leaf("2", "image/svg+xml", contentId: "<x>")));

        Assert.Null(parts.PartIdOf("x"));
    }

    [Fact]
    public void A_type_that_is_no_type_is_bytes()
    {
        Assert.Equal("application/octet-stream", BodyParts.Read(Leaf("", "text/<script>")).Tree.ContentType);
    }

    [Fact]
    public void The_1001st_part_is_not_listed()
    {
        static BodyPart Many(int parts) => Multipart("mixed", [.. Enumerable.Range(1, parts - 1).Select(n => Leaf($"{n}", "image/png"))]);

        Assert.Empty(BodyParts.Read(Many(1000)).Defects);
        var parts = BodyParts.Read(Many(1001));
        Assert.Equal(DefectCodes.TooManyParts, Assert.Single(parts.Defects).Code);
        Assert.Equal(999, parts.Tree.Children!.Count);
        Assert.Equal(999, parts.Attachments.Count);
    }

    [Fact]
    public void The_13th_level_is_not_listed_and_what_is_in_it_is_found_all_the_same()
    {
        static BodyPart Deep(int levels)
        {
            BodyPart part = Leaf("x", "text/plain");
            for (var i = 0; i < levels; i++) { part = Multipart("mixed", part); }
            return part;
        }

        Assert.Empty(BodyParts.Read(Deep(12)).Defects);
        Assert.Equal(DefectCodes.PartsTooDeep, Assert.Single(BodyParts.Read(Deep(13)).Defects).Code);
        Assert.NotNull(BodyParts.Find(Deep(60), "x"));
    }

    [Fact]
    public void Parts_are_found_by_the_id_they_are_given()
    {
        var root = Multipart("mixed", Leaf("1", "text/plain"), Multipart("mixed", Leaf("2.1", "image/png")));

        Assert.Equal("2.1", BodyParts.Find(root, "2.1")!.PartSpecifier);
        Assert.Same(root, BodyParts.Find(root, "0"));
        Assert.Null(BodyParts.Find(root, "3"));
        var single = Leaf("", "text/plain");
        Assert.Same(single, BodyParts.Find(single, "1"));
    }

    [Fact]
    public void A_server_that_tells_no_structure_gives_an_empty_text()
    {
        var parts = BodyParts.Read(null);

        Assert.Null(parts.Text);
        Assert.Equal("text/plain", parts.Tree.ContentType);
    }

    [Fact]
    public void Sizes_are_those_of_the_decoded_part()
    {
        var part = Leaf("1", "image/png");
        part.ContentTransferEncoding = "BASE64";
        part.Octets = 780;

        Assert.Equal(570, BodyParts.Read(part).Tree.Size);
    }

    private static BodyPartBasic Leaf(string id, string type, string? disposition = null, string? fileName = null, string? contentId = null)
    {
        var slash = type.IndexOf('/', StringComparison.Ordinal);
        var contentType = new ContentType(type[..slash], type[(slash + 1)..]);
        var part = type.StartsWith("text/", StringComparison.Ordinal) ? new BodyPartText(contentType, id) : new BodyPartBasic(contentType, id);
        part.ContentDisposition = disposition is null ? null : new ContentDisposition(disposition) { FileName = fileName };
        part.ContentId = contentId;
        return part;
    }

    private static BodyPartMultipart Multipart(string subtype, params BodyPart[] parts)
    {
        var multipart = new BodyPartMultipart(new ContentType("multipart", subtype), "");
        foreach (var part in parts) { multipart.BodyParts.Add(part); }
        return multipart;
    }
}
