using System.Text.Json;
using Akimbo.Evaluation;
using Akimbo.Geometry;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Evaluation;

/// <summary>The two-stack hourglass of bearpaw on MPII's 2,958 validation people.</summary>
public sealed class PckhReferenceTests
{
    [ReferenceDataFact]
    public void Evaluate_OfTheOfficialRule_EqualsTheReference()
    {
        JsonElement expected = Expected();
        KeypointDistances distances = Load().Official();
        PckScores scores = PckEvaluation.Evaluate(distances, PckProtocol.Mpii);

        foreach (string name in scores.Summary.Columns.SkipLast(1))
            Assert.Equal(expected.GetProperty("row").GetProperty(name.ToLowerInvariant()).GetDouble(), scores.Summary[name], 1e-9);
        Assert.Equal(expected.GetProperty("mean_at_0.1").GetDouble(), scores.Summary["Mean@0.1"], 1e-9);
        for (int k = 0; k < 16; k++)
        {
            Assert.Equal(expected.GetProperty("per_joint_percent")[k].GetDouble(), scores.PerKeypoint.Scores[k].Value, 1e-9);
            Assert.Equal(expected.GetProperty("joint_counts")[k].GetInt32(), scores.Counts[k]);
        }

        Assert.Equal(["95.80", "94.57", "88.12", "83.31", "86.24", "80.88", "77.44", "86.76", "23.72"], scores.Summary.Cells);
        Assert.Equal(
            expected.GetProperty("mean_weighted_by_joint_count").GetDouble(),
            PckEvaluation.Evaluate(distances, PckProtocol.HighResolution).Summary["Mean"],
            1e-9);
    }

    [ReferenceDataFact]
    public void Curve_OfTheOfficialRule_EqualsTheReference()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Reference("golden/evaluation/pckh/hg_s2_b1_predictions.safetensors"));
        double[] expected = file["pck_curve_threshold_0.00_to_0.49"].ToArray<double>();

        AccuracyCurve curve = AccuracyCurve.Measure(Load().Official(), last: 0.49, steps: 49, isInclusive: false);

        for (int i = 0; i < 50; i++)
            for (int k = 0; k < 16; k++) Assert.Equal(expected[i * 16 + k], curve.Of(k)[i], 1e-9);
    }

    [ReferenceDataFact]
    public void Evaluate_OfPrincetonsRule_EqualsItsCode()
    {
        // Correct and counted, from mpii_eval over the same arrays.
        (string Name, int Correct, int Counted)[] all =
        [
            ("Ankle", 3279, 4229), ("Knee", 4014, 4961), ("Hip", 4982, 5777), ("Pelvis", 2602, 2878), ("Thorax", 2867, 2932), ("Neck", 2864, 2932),
            ("Head", 2809, 2932), ("Wrist", 4863, 5837), ("Elbow", 5170, 5866), ("Shoulder", 5568, 5888), ("Total", 39018, 44232),
        ];
        (string Name, int Correct, int Counted)[] hidden = [("Ankle", 528, 1055), ("Pelvis", 1083, 1258), ("Wrist", 796, 1442), ("Total", 7451, 10239)];
        MpiiPeople people = Load();

        ScoreTable scores = PckEvaluation.Evaluate(people.Princeton(visible: null), PckProtocol.Princeton).Summary;
        ScoreTable hiddenScores = PckEvaluation.Evaluate(people.Princeton(visible: false), PckProtocol.Princeton).Summary;

        Assert.Equal(all.Select(row => row.Name), scores.Columns);
        foreach (var (name, correct, counted) in all) Assert.Equal(100.0 * correct / counted, scores[name], 1e-9);
        foreach (var (name, correct, counted) in hidden) Assert.Equal(100.0 * correct / counted, hiddenScores[name], 1e-9);
        Assert.Equal("-1", hiddenScores.Cells[5]); // Nobody's neck is marked as hidden.
    }

    private static JsonElement Expected()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.Reference("golden/evaluation/pckh/hg_s2_b1_expected.json")));
        return document.RootElement.Clone();
    }

    private static MpiiPeople Load()
    {
        SafetensorsFile truth = Safetensors.Load(Repository.Reference("golden/evaluation/pckh/ground_truth.safetensors"));
        SafetensorsFile predictions = Safetensors.Load(Repository.Reference("golden/evaluation/pckh/hg_s2_b1_predictions.safetensors"));
        return new MpiiPeople(
            Points(truth["ground_truth_n_joint_xy"].ToArray<float>()),
            Points(predictions["predictions_n_joint_xy"].ToArray<float>()),
            truth["jnt_missing_n_joint"].ToArray<byte>(),
            truth["headboxes_n_corner_xy"].ToArray<double>(),
            truth["valid_h5_normalize"].ToArray<double>(),
            truth["valid_h5_visible"].ToArray<byte>());
    }

    private static ImagePoint[] Points(float[] values) =>
        [.. Enumerable.Range(0, values.Length / 2).Select(i => new ImagePoint(values[2 * i], values[2 * i + 1]))];

    private sealed record MpiiPeople(
        ImagePoint[] Truth, ImagePoint[] Predicted, byte[] Missing, double[] HeadBoxes, double[] Normalize, byte[] Visible)
    {
        public KeypointDistances Official() => Distances(
            person => PersonLength.Head(new(HeadBoxes[4 * person], HeadBoxes[4 * person + 1]), new(HeadBoxes[4 * person + 2], HeadBoxes[4 * person + 3])),
            index => Missing[index] == 0);

        public KeypointDistances Princeton(bool? visible) => Distances(
            person => Normalize[person],
            index => Truth[index].X != 0 && (visible is null || visible == (Visible[index] != 0)));

        private KeypointDistances Distances(Func<int, double> length, Predicate<int> counts)
        {
            var distances = new KeypointDistances(16);
            for (int i = 0; i < Normalize.Length; i++)
            {
                bool[] flags = [.. Enumerable.Range(i * 16, 16).Select(index => counts(index))];
                distances.Add(Truth.AsSpan(i * 16, 16), Predicted.AsSpan(i * 16, 16), length(i), flags);
            }

            return distances;
        }
    }
}
