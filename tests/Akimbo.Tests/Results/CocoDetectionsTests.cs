using System.Text;
using Akimbo.Geometry;
using Akimbo.Results;

namespace Akimbo.Tests.Results;

public sealed class CocoDetectionsTests : IDisposable
{
    private const string Sound = """
        [{"image_id": 139, "category_id": 1, "bbox": [10, 20.5, 30, 40], "score": 0.75},
         {"image_id": 7, "file_name": "inner/café.jpg", "bbox": [-3, 0, 1e2, 5], "segmentation": {"counts": [[1, 2], "x"]}}]
        """;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(Sound)]
    [InlineData("\uFEFF" + Sound)]
    [InlineData("""
        {"image_id": 139, "category_id": 1, "bbox": [10, 20.5, 30, 40], "score": 0.75}
        {"image_id": 7, "file_name": "café.jpg", "bbox": [-3, 0, 1e2, 5]}
        """)]
    public void Read_SoundDetections_GivesEveryPerson(string json) => Assert.Equal(
        [
            new CocoDetection(139, null, new PersonBox(new Box(10, 20.5, 30, 40), 0.75f)),
            new CocoDetection(7, "café.jpg", new PersonBox(new Box(-3, 0, 100, 5))),
        ],
        Read(json).People);

    [Fact]
    public void Read_OtherCategoriesAndBoxesWithoutArea_AreLeftOut() => Assert.Equal(
        [4, 5],
        Read("""
            [{"image_id": 1, "category_id": 18, "bbox": [0, 0, 1, 1]},
             {"image_id": 2, "category_id": 1, "bbox": [0, 0, 0, 0]},
             {"image_id": 3, "category_id": 1, "bbox": [5, 5, 0, 9]},
             {"image_id": 4, "category_id": 1, "bbox": [0, 0, 1, 1]},
             {"image_id": 5, "bbox": [0, 0, 1, 1]}]
            """).People.Select(person => person.ImageId!.Value));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    public void Read_NothingDetected_IsNobody(string json) => Assert.Empty(Read(json).People);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Load_WhatTheWriterWrote_GivesTheBoxes(bool asLines)
    {
        var person = new Person([new Keypoint("head", new ImagePoint(3, 4), 0.5f)], score: 0.25f, new Box(1.5, 2, 30, 40.125));
        if (asLines)
        {
            using var stream = File.Create(_file);
            using var lines = CocoResultsWriter.ToLines(stream);
            lines.Write(12, "12.jpg", [person, person]);
        }
        else
        {
            using var array = CocoResultsWriter.ToFile(_file);
            array.Write(12, "12.jpg", [person, person]);
            array.Complete();
        }

        var expected = new CocoDetection(12, "12.jpg", new PersonBox(person.Box, 0.25f));
        Assert.Equal([expected, expected], CocoDetections.Load(_file).People);
    }

    [Theory]
    [InlineData("hello", "no JSON of detections")]
    [InlineData("[", "no JSON of detections")]
    [InlineData("[1]", "Detection 1 is JSON Number; expected an object")]
    [InlineData("3", "Detection 1 is JSON Number; expected an object")]
    [InlineData("[[]]", "Detection 1 is JSON StartArray; expected an object")]
    [InlineData("""{"images": [], "annotations": []}""", "Detection 1 has neither image_id nor file_name")]
    [InlineData("""[{"image_id": 1}]""", "Detection 1 has no bbox")]
    [InlineData("""[{"bbox": [0, 0, 1, 1]}]""", "Detection 1 has neither image_id nor file_name")]
    [InlineData("""[{"image_id": "x", "bbox": [0, 0, 1, 1]}]""", "image_id that is no whole number")]
    [InlineData("""[{"image_id": 1.5, "bbox": [0, 0, 1, 1]}]""", "image_id that is no whole number")]
    [InlineData("""[{"image_id": 1e30, "bbox": [0, 0, 1, 1]}]""", "image_id that is no whole number")]
    [InlineData("""[{"image_id": 1, "file_name": 3, "bbox": [0, 0, 1, 1]}]""", "file_name that is JSON Number")]
    [InlineData("""[{"image_id": 1, "bbox": 3}]""", "bbox that is JSON Number")]
    [InlineData("""[{"image_id": 1, "bbox": [0, 0, 1]}]""", "bbox with its end")]
    [InlineData("""[{"image_id": 1, "bbox": [0, 0, 1, 1, 1]}]""", "more than four values")]
    [InlineData("""[{"image_id": 1, "bbox": [0, 0, 1, "1"]}]""", "bbox with JSON String")]
    [InlineData("""[{"image_id": 1, "bbox": [0, 0, 1, NaN]}]""", "no JSON of detections")]
    [InlineData("""[{"image_id": 1, "bbox": [0, 0, 1, 1e400]}]""", "bbox with a larger number")]
    [InlineData("""[{"image_id": 1, "bbox": [-1e10, 0, 1, 1]}]""", "bbox with a larger number")]
    [InlineData("""[{"image_id": 1, "bbox": [0, 0, -1, 1]}]""", "bbox of -1 × 1 pixels")]
    [InlineData("""[{"image_id": 1, "bbox": [0, 0, 1, 1], "score": null}]""", "score with JSON Null")]
    [InlineData("""[{"image_id": 1, "bbox": [0, 0, 1, 1]}, {"image_id": 2, "bbox": []}]""", "Detection 2 has a bbox")]
    public void Read_NoDetections_IsOneClearError(string json, string expected)
    {
        var error = Assert.Throws<DetectionsFormatException>(() => Read(json));

        Assert.StartsWith("boxes.json: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepNesting_IsOneClearError() =>
        Assert.Throws<DetectionsFormatException>(() => Read($$"""[{"image_id": 1, "x": {{new string('[', 100_000)}}"""));

    [Fact]
    public void Load_TooLong_IsRefused()
    {
        using (var file = File.Create(_file)) file.SetLength(CocoDetections.MaxFileLength + 1L);
        Assert.Contains("longer than 128 MiB", Assert.Throws<DetectionsFormatException>(() => CocoDetections.Load(_file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MutatedText_GivesSensibleBoxesOrOneClearError()
    {
        var random = new Random(11);
        byte[] alphabet = Encoding.UTF8.GetBytes("[]{},:\"-.0123456789eEnulNaN\\ \0\u00FF");
        int refused = 0;
        for (int i = 0; i < 1000; i++)
        {
            var text = Encoding.UTF8.GetBytes(Sound).ToList();
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                int at = random.Next(text.Count);
                switch (random.Next(4))
                {
                    case 0: text[at] = alphabet[random.Next(alphabet.Length)]; break;
                    case 1: text.Insert(at, alphabet[random.Next(alphabet.Length)]); break;
                    case 2: text.RemoveRange(at, Math.Min(random.Next(1, 20), text.Count - at - 1)); break;
                    default: text[at] ^= (byte)(1 << random.Next(8)); break;
                }
            }

            try
            {
                foreach (var detection in CocoDetections.Read([.. text], "boxes.json").People)
                {
                    Assert.True(detection.ImageId is not null || detection.FileName is not null);
                    Assert.True(detection.Person.Box is { Width: > 0 and <= 1e9, Height: > 0 and <= 1e9, X: >= -1e9 and <= 1e9, Y: >= -1e9 and <= 1e9 });
                    Assert.True(float.IsFinite(detection.Person.Score));
                }
            }
            catch (DetectionsFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 300, 999);
    }

    [Fact]
    public void ForImages_WithoutFileNames_GoesByNumber()
    {
        var detections = Read("""
            [{"image_id": 1, "bbox": [1, 0, 1, 1]}, {"image_id": 196141, "bbox": [2, 0, 1, 1]},
             {"image_id": 1, "bbox": [3, 0, 1, 1], "score": 0.2}, {"image_id": 5, "bbox": [4, 0, 1, 1]}]
            """);

        Assert.Equal([[2], [1, 3], []], Lefts(detections.ForImages(["000000196141.jpg", "a.jpg", "b.jpg"])));
        Assert.Equal([[2], [1], []], Lefts(detections.ForImages(["000000196141.jpg", "a.jpg", "b.jpg"], minScore: 0.3f)));
    }

    [Fact]
    public void ForImages_WithFileNames_NumbersDoNotMatter()
    {
        var detections = Read("""
            [{"image_id": 1, "file_name": "val/b.jpg", "bbox": [1, 0, 1, 1]}, {"file_name": "a.jpg", "bbox": [2, 0, 1, 1]}]
            """);

        Assert.Equal([[2], [1]], Lefts(detections.ForImages(["a.jpg", "b.jpg"])));
    }

    [Fact]
    public void ForImages_SameNameTwice_TheNumberDecides()
    {
        var detections = Read("""
            [{"image_id": 2, "file_name": "a.jpg", "bbox": [1, 0, 1, 1]}, {"image_id": 3, "file_name": "b.jpg", "bbox": [2, 0, 1, 1]}]
            """);

        Assert.Equal([[], [1], [2]], Lefts(detections.ForImages(["x/a.jpg", "y/a.jpg", "b.jpg"])));
    }

    [Fact]
    public void ForImages_MorePeopleThanAnImageHas_Throws()
    {
        string one = """{"image_id": 1, "bbox": [0, 0, 1, 1]}""";
        var detections = Read(string.Join('\n', Enumerable.Repeat(one, CocoDetections.MaxPeoplePerImage + 1)));

        Assert.Contains("a.jpg has 10,001 boxes", Assert.Throws<DetectionsFormatException>(() => detections.ForImages(["a.jpg"])).Message, StringComparison.Ordinal);
    }

    private static CocoDetections Read(string json) => CocoDetections.Read(Encoding.UTF8.GetBytes(json), "boxes.json");

    private static IEnumerable<int[]> Lefts(IReadOnlyList<IReadOnlyList<PersonBox>> images) =>
        images.Select(people => people.Select(person => (int)person.Box.X).ToArray());
}
