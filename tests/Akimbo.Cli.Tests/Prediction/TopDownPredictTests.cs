using System.Text.Json;
using Akimbo.Imaging;
using Akimbo.Testing;

namespace Akimbo.Cli.Tests.Prediction;

/// <summary>The whole way from the command line to results, with small networks.</summary>
public sealed class TopDownPredictTests : IDisposable
{
    private const string Hourglass = "hourglass.akimbo";
    private const string Embedding = "embedding.akimbo";
    private readonly TemporaryFolder _folder = new();

    public TopDownPredictTests()
    {
        Directory.CreateDirectory(_folder["photos"]);
        foreach (string name in (string[])["a.png", "000000000042.png"])
        {
            var photo = new Image(120, 90);
            new Random(name.Length).NextBytes(photo.Pixels.Span);
            photo.Save(_folder[$"photos/{name}"]);
        }

        MadeUpWeights.SaveNarrowHourglass(_folder[Hourglass]);
        MadeUpWeights.SaveNarrowEmbedding(_folder[Embedding]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Predict_BoxesOfTheCommandLine_OnePersonABoxInEveryImage()
    {
        var (people, error) = Predict($"photos --weights {Hourglass} --box 10,5,40,80 --box -20,30,90.5,50 --flip");

        Assert.Equal(["000000000042.png", "000000000042.png", "a.png", "a.png"], people.Select(person => person.File));
        Assert.Equal([[-20, 30, 90.5, 50], [10, 5, 40, 80]], people.Where(person => person.File == "a.png").Select(person => person.Box).OrderBy(box => box[0]));
        Assert.Empty(error);
    }

    [Fact]
    public void Predict_BoxesOfAFile_GoByNumberAndByName()
    {
        File.WriteAllText(_folder["boxes.json"], """
            [{"image_id": 42, "category_id": 1, "bbox": [1, 2, 30, 40], "score": 0.9}, {"image_id": 42, "category_id": 1, "bbox": [9, 9, 9, 9], "score": 0.1},
             {"image_id": 7, "category_id": 1, "bbox": [5, 5, 5, 5], "score": 0.9}, {"file_name": "val/a.png", "bbox": [3, 4, 50, 60], "score": 0.8}]
            """);

        var (people, error) = Predict($"photos --weights {Hourglass} --boxes boxes.json --min-box-score 0.5");

        Assert.Equal([("000000000042.png", 1), ("a.png", 3)], people.Select(person => (person.File, (int)person.Box[0])));
        Assert.Empty(error);
    }

    [Fact]
    public void Predict_ResultsAsBoxes_GiveTheSamePeople()
    {
        var (people, _) = Predict($"photos --weights {Hourglass} --box 10,5,40,80");
        File.Move(_folder["people.json"], _folder["boxes.json"]);

        var (again, _) = Predict($"photos --weights {Hourglass} --boxes boxes.json");

        Assert.Equal(people.Select(person => (person.File, Box: string.Join(' ', person.Box))), again.Select(person => (person.File, string.Join(' ', person.Box))));
    }

    [Fact]
    public void Predict_Whole_EachImageIsOnePerson()
    {
        var (people, error) = Predict($"photos --weights {Hourglass} --whole");

        Assert.All(people, person => Assert.Equal([0, 0, 120, 90], person.Box));
        Assert.Equal(2, people.Count);
        Assert.Empty(error);
    }

    [Fact]
    public void Predict_NoBoxes_OnePersonForEachWhomTheNetworkInTheBoxFinds()
    {
        File.Copy(Path.Combine(Repository.Root, "samples", "astronaut.png"), _folder["astronaut.png"]);

        var (found, _) = Predict("astronaut.png");
        var (people, error) = Predict($"astronaut.png --weights {Hourglass}");
        var (sure, _) = Predict($"astronaut.png --weights {Hourglass} --min-box-score 1");

        Assert.Equal(Assert.Single(found).Box, Assert.Single(people).Box);
        Assert.Empty(sure);
        Assert.Empty(error);
    }

    [Fact]
    public void Predict_Detector_OnePersonForEachItFinds()
    {
        var (found, _) = Predict($"photos --weights {Embedding}");
        var (people, error) = Predict($"photos --weights {Hourglass} --detector {Embedding}");

        var boxes = found.Where(person => person.Box[2] * person.Box[3] > 0).Select(person => (person.File, string.Join(' ', person.Box))).Order();
        Assert.NotEmpty(boxes);
        Assert.Equal(boxes, people.Select(person => (person.File, string.Join(' ', person.Box))).Order());
        Assert.Empty(error);
    }

    [Fact]
    public void Predict_SeveralScales_RunsAndRefusesThoseOutOfRange()
    {
        Predict($"photos --weights {Embedding} --scales 2,1,0.5 --flip");
        var (exitCode, _, error) = CommandProcess.Run($"./akimbo predict photos --weights {Embedding} --scales 2", _folder.Path);
        Assert.Equal((ExitCode.NothingDone, "akimbo: The scales are [2]; expected 0.1 to 4, at least one of them between 0.5 and 1.5.\n"), (exitCode, error));
    }

    [Theory]
    [InlineData(Hourglass + " --box 10,5,40,80 --box -20,30,90.5,50", 120)]
    [InlineData(Embedding + " --flip", 240)]
    public void Predict_Heatmaps_APictureForEachPhotoWithTagsWhereThereAreSome(string model, int width)
    {
        Predict($"photos --weights {model} --heatmaps seen");
        foreach (string name in (string[])["a.png", "000000000042.png"])
        {
            var seen = Image.Load(_folder[$"seen/{name}"]);
            Assert.Equal((width, 90), (seen.Width, seen.Height));
            byte[] pixels = seen.Pixels.ToArray();
            Assert.Contains(Enumerable.Range(0, pixels.Length / 3), i => pixels[3 * i] != pixels[3 * i + 2]);
        }
    }

    [ReferenceDataFact]
    public void Predict_RealDetector_FindsTheFourPeople()
    {
        _folder.Link("golden/real_network/000000196141.jpg", "photo.jpg");
        _folder.Link("weights/litepose-auto-crowdpose.pth", "litepose.pth");

        var (people, _) = Predict($"photo.jpg --weights {Hourglass} --detector litepose.pth --detector-model lite-pose");
        var (sure, _) = Predict($"photo.jpg --weights {Hourglass} --detector litepose.pth --min-box-score 0.7");

        Assert.Equal((4, 2), (people.Count, sure.Count));
    }

    private (IReadOnlyList<(string File, double[] Box)> People, string Error) Predict(string arguments)
    {
        var (exitCode, _, error) = CommandProcess.Run($"./akimbo predict {arguments} --json people.json", _folder.Path);
        Assert.True(exitCode == ExitCode.Success, error);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["people.json"]));
        return ([.. json.RootElement.EnumerateArray().Select(person => (
            person.GetProperty("file_name").GetString()!,
            person.GetProperty("bbox").EnumerateArray().Select(number => number.GetDouble()).ToArray()))], error);
    }
}
