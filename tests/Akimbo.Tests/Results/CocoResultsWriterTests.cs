using System.Text;
using System.Text.Json;
using Akimbo.Geometry;
using Akimbo.Results;

namespace Akimbo.Tests.Results;

public sealed class CocoResultsWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("akimbo-results-").FullName;

    private string Target => Path.Combine(_folder, "people.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ToFile_TwoImages_ArrayOfCocoEntries()
    {
        using (var writer = CocoResultsWriter.ToFile(Target))
        {
            writer.Write(196141, "000000196141.jpg", [MakePerson(), MakePerson(score: 0.25f)]);
            writer.Write(7, "nobody.jpg", []);
            writer.Write(8, "größe \"x\".jpg", [MakePerson()]);
            writer.Complete();
        }

        using var json = JsonDocument.Parse(File.ReadAllText(Target));
        Assert.Equal(3, json.RootElement.GetArrayLength());
        var first = json.RootElement[0];
        Assert.Equal(["image_id", "file_name", "category_id", "keypoints", "score", "bbox"], first.EnumerateObject().Select(field => field.Name));
        Assert.Equal(196141, first.GetProperty("image_id").GetInt64());
        Assert.Equal("000000196141.jpg", first.GetProperty("file_name").GetString());
        Assert.Equal(1, first.GetProperty("category_id").GetInt32());
        Assert.Equal([10.5, 20.123, 0.9, 0, 0, 0, 30, 60, 0.5], Numbers(first, "keypoints"));
        Assert.Equal(0.75, first.GetProperty("score").GetDouble());
        Assert.Equal([10.5, 20.123, 19.5, 39.877], Numbers(first, "bbox"));
        Assert.Equal("größe \"x\".jpg", json.RootElement[2].GetProperty("file_name").GetString());
    }

    [Fact]
    public void ToFile_NobodyAtAll_EmptyArray()
    {
        using (var writer = CocoResultsWriter.ToFile(Target))
        {
            writer.Write(1, "nobody.jpg", []);
            writer.Complete();
        }

        Assert.Equal(0, JsonDocument.Parse(File.ReadAllText(Target)).RootElement.GetArrayLength());
    }

    [Fact]
    public void ToFile_NotCompleted_OldFileStaysAndNothingElse()
    {
        File.WriteAllText(Target, "old");
        using (var writer = CocoResultsWriter.ToFile(Target)) writer.Write(1, "a.jpg", [MakePerson()]);

        Assert.Equal([Target], Directory.GetFiles(_folder));
        Assert.Equal("old", File.ReadAllText(Target));
    }

    [Fact]
    public void ToFile_BeforeComplete_NothingUnderTheName()
    {
        using var writer = CocoResultsWriter.ToFile(Target);
        writer.Write(1, "a.jpg", [MakePerson()]);
        Assert.False(File.Exists(Target));
        writer.Complete();
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void ToFile_SymbolicLink_ReplacesWhatItPointsTo()
    {
        string link = Path.Combine(_folder, "link.json");
        File.WriteAllText(Target, "old");
        File.CreateSymbolicLink(link, Target);
        using (var writer = CocoResultsWriter.ToFile(link)) writer.Complete();

        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal("[]\n", File.ReadAllText(Target));
    }

    [Fact]
    public void ToFile_FolderMissingOrFolderItself_Throws()
    {
        Assert.Throws<DirectoryNotFoundException>(() => CocoResultsWriter.ToFile(Path.Combine(_folder, "none", "people.json")));
        Assert.Throws<IOException>(() => CocoResultsWriter.ToFile(_folder));
    }

    [Fact]
    public void ToLines_TwoPeople_OneObjectALineAtOnce()
    {
        using var stream = new MemoryStream();
        using var writer = CocoResultsWriter.ToLines(stream);
        writer.Write(1, "a.jpg", [MakePerson(), MakePerson()]);

        string text = Encoding.UTF8.GetString(stream.ToArray());
        string[] lines = text.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Empty(lines[2]);
        Assert.All(lines[..2], line => Assert.Equal(1, JsonDocument.Parse(line).RootElement.GetProperty("image_id").GetInt32()));
        writer.Dispose();
        Assert.True(stream.CanWrite);
    }

    [Fact]
    public void Write_NotANumber_ThrowsAndWritesNothing()
    {
        using var stream = new MemoryStream();
        using var writer = CocoResultsWriter.ToLines(stream);
        Assert.Throws<ArgumentException>(() => writer.Write(1, "a.jpg", [MakePerson(), MakePerson(score: float.NaN)]));
        Assert.Equal(0, stream.Length);
    }

    private static double[] Numbers(JsonElement entry, string field) =>
        [.. entry.GetProperty(field).EnumerateArray().Select(number => number.GetDouble())];

    private static Person MakePerson(float score = 0.75f) => new(
        [
            new Keypoint("left_eye", new ImagePoint(10.5, 20.12345), 0.9f),
            new Keypoint("right_eye", new ImagePoint(5, 6), 0),
            new Keypoint("nose", new ImagePoint(30, 60), 0.5f),
        ],
        score);
}
