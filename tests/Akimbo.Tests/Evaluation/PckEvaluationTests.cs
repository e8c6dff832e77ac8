using System.Text.Json;
using Akimbo.Evaluation;
using Akimbo.Geometry;
using Akimbo.Skeletons;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Evaluation;

public sealed class PckEvaluationTests
{
    [Theory]
    [InlineData("all_joints", false)]
    [InlineData("visible_joints_only", true)]
    public void Evaluate_OfLsp_EqualsTheReference(string expectedName, bool visibleOnly)
    {
        JsonElement expected = LspExpected().GetProperty(expectedName);
        PckScores scores = PckEvaluation.Evaluate(LspDistances(visibleOnly), PckProtocol.Lsp());

        for (int k = 0; k < 14; k++)
            Assert.Equal(expected.GetProperty("per_joint")[k].GetDouble(), scores.PerKeypoint.Scores[k].Value, 1e-9);
        foreach (string name in scores.Summary.Columns.SkipLast(1))
            Assert.Equal(expected.GetProperty(name.ToLowerInvariant()).GetDouble(), scores.Summary[name], 1e-9);
        Assert.Equal(expected.GetProperty("mean_of_joints").GetDouble(), scores.Summary["Mean"], 1e-9);
        Assert.Equal("LSP PCK@0.2: at most 0.2 of the torso, mean of 14 keypoints, percent, 60 people", scores.Summary.Protocol);
    }

    [Theory]
    [InlineData("0.05", 0.05)]
    [InlineData("0.1", 0.1)]
    [InlineData("0.15", 0.15)]
    [InlineData("0.2", 0.2)]
    public void Evaluate_OfLspAtOtherThresholds_EqualsTheReference(string name, double threshold)
    {
        double expected = LspExpected().GetProperty("mean_at_thresholds_all_joints").GetProperty(name).GetDouble();
        Assert.Equal(expected, PckEvaluation.Evaluate(LspDistances(visibleOnly: false), PckProtocol.Lsp(threshold)).Summary["Mean"], 1e-9);
    }

    [Theory]
    [InlineData(0.5, false, 0)]
    [InlineData(0.5, true, 100)]
    [InlineData(0.51, false, 100)]
    public void Evaluate_OnTheThreshold_FollowsTheProtocol(double threshold, bool isInclusive, double expected)
    {
        var distances = new KeypointDistances(1);
        distances.Add([new(0, 0)], [new(3, 4)], length: 10);
        Assert.Equal(expected, distances.Percent(0, threshold, isInclusive));
    }

    [Fact]
    public void Evaluate_ByEachMpiiProtocol_AveragesItsWay()
    {
        // Everyone's pelvis is wrong, and right; of two people the first has the right ankle wrong, the second is without a left one.
        var distances = new KeypointDistances(16);
        for (int person = 0; person < 2; person++)
        {
            var truth = new ImagePoint[16];
            var predicted = new ImagePoint[16];
            bool[] counts = [.. Enumerable.Repeat(true, 16)];
            predicted[6] = new(100, 0);
            if (person == 0) predicted[0] = new(100, 0);
            else counts[5] = false;
            distances.Add(truth, predicted, length: 10, counts);
        }

        ScoreTable official = PckEvaluation.Evaluate(distances, PckProtocol.Mpii).Summary;
        Assert.Equal((50 + 100) / 2.0, official["Ankle"]);
        Assert.Equal((13 * 100 + 50) / 14.0, official["Mean"], 1e-12);

        ScoreTable highResolution = PckEvaluation.Evaluate(distances, PckProtocol.HighResolution).Summary;
        Assert.Equal(75, highResolution["Ankle"]);
        Assert.Equal(100 * 26 / 27.0, highResolution["Mean"], 1e-12);

        ScoreTable princeton = PckEvaluation.Evaluate(distances, PckProtocol.Princeton).Summary;
        Assert.Equal(100 * 2 / 3.0, princeton["Ankle"], 1e-12);
        Assert.Equal(0, princeton["Pelvis"]);
        Assert.Equal(100 * 28 / 31.0, princeton["Total"], 1e-12);
        Assert.Equal(3, new[] { official.Protocol, highResolution.Protocol, princeton.Protocol }.Distinct().Count());
    }

    [Fact]
    public void Evaluate_WithoutAKeypoint_IsMinusOneAndSaysWhy()
    {
        var distances = new KeypointDistances(14);
        bool[] counts = [.. Enumerable.Range(0, 14).Select(k => k != 12)];
        distances.Add(new ImagePoint[14], new ImagePoint[14], length: 1, counts);

        PckScores scores = PckEvaluation.Evaluate(distances, PckProtocol.Lsp());

        Assert.Equal(["-1", "100.00", "100.00", "100.00", "100.00", "100.00", "100.00", "-1"], scores.Summary.Cells);
        Assert.Equal("Head, Mean: -1, nobody has a labelled neck", Assert.Single(scores.Summary.Explanations));
        Assert.Equal((0, 1), (scores.Counts[12], scores.Counts[13]));
    }

    [Fact]
    public void For_ASkeleton_PairsMirrorImages()
    {
        PckProtocol protocol = PckProtocol.For(Coco17.Skeleton, 0.2, "box");
        Assert.Equal(["nose", "eye", "ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle"], protocol.Groups.Select(group => group.Name));
        Assert.Equal([5, 6], protocol.Groups[3].Keypoints);
        Assert.Equal("PCK@0.2 of coco17: at most 0.2 of the box, mean of 17 keypoints, percent", protocol.Name);
    }

    [Fact]
    public void Lengths_OfAPerson_AreThoseOfTheProtocols()
    {
        Assert.Equal(0.6 * 50, PersonLength.Head(new(10, 10), new(40, 50)), 1e-12);
        Assert.Equal(5, PersonLength.Torso(new(0, 0), new(-3, 4)));
        Assert.Equal(7, PersonLength.Box(new Box(1, 2, 3, 7)));
    }

    [Fact]
    public void Add_OfWhatCannotBe_NamesThePerson()
    {
        var distances = new KeypointDistances(1);
        distances.Add([new(0, 0)], [new(0, 0)], length: 1);
        Assert.Contains("Person 2 has 1 annotated keypoints, 2 predicted", Message(() => distances.Add([new(0, 0)], [default, default], 1)), StringComparison.Ordinal);
        Assert.Contains("Person 2 has a length of 0 pixels", Message(() => distances.Add([new(0, 0)], [new(0, 0)], 0)), StringComparison.Ordinal);
        Assert.Contains("Person 2: keypoint 0", Message(() => distances.Add([new(0, 0)], [new(double.NaN, 0)], 1)), StringComparison.Ordinal);
        Assert.Equal((1, 1), (distances.People, distances.Count(0)));

        distances.Add([new(double.NaN, 0)], [new(0, 0)], 1, [false]); // What does not count may be anything.
        Assert.Equal((2, 1), (distances.People, distances.Count(0)));
        Assert.Throws<ArgumentException>(() => PckEvaluation.Evaluate(distances, PckProtocol.Mpii));

        static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
    }

    [Fact]
    public void Curve_OfKnownDistances_HasTheAreaOfItsSteps()
    {
        var distances = new KeypointDistances(2);
        distances.Add([default, default], [new(0.25, 0), default], length: 1, [true, false]);

        AccuracyCurve curve = AccuracyCurve.Measure(distances, last: 0.5, steps: 2);

        Assert.Equal([0, 0.25, 0.5], curve.Thresholds);
        Assert.Equal([0, 100, 100], curve.Of(0));
        Assert.Equal(75, curve.AreaUnder(curve.Of(0)), 1e-12);
        Assert.Equal(-1, curve.AreaUnder(curve.Of(1)));
        Assert.Equal([-1, -1, -1], curve.MeanOf([0, 1]));
        Assert.Equal([0, 0, 100], AccuracyCurve.Measure(distances, last: 0.5, steps: 2, isInclusive: false).Of(0));
        Assert.Throws<ArgumentException>(() => curve.AreaUnder([1]));
    }

    private static JsonElement LspExpected()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("evaluation/pck_lsp_expected.json")));
        return document.RootElement.Clone();
    }

    private static KeypointDistances LspDistances(bool visibleOnly)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("evaluation/pck_lsp.safetensors"));
        ImagePoint[] truth = Points(file["ground_truth"].ToArray<double>()), predicted = Points(file["predictions"].ToArray<double>());
        bool[] visible = Array.ConvertAll(file["visible"].ToArray<byte>(), value => value != 0 || !visibleOnly);
        double[] torso = file["torso"].ToArray<double>();
        var distances = new KeypointDistances(14);
        for (int i = 0; i < torso.Length; i++)
        {
            var person = truth.AsSpan(i * 14, 14);
            Assert.Equal(torso[i], PersonLength.Torso(leftShoulder: person[9], rightHip: person[2]), 1e-9);
            distances.Add(person, predicted.AsSpan(i * 14, 14), torso[i], visible.AsSpan(i * 14, 14));
        }

        return distances;
    }

    private static ImagePoint[] Points(double[] values) =>
        [.. Enumerable.Range(0, values.Length / 2).Select(i => new ImagePoint(values[2 * i], values[2 * i + 1]))];
}
