using System.Text.Json;
using Akimbo.Export;
using Akimbo.Models;
using Akimbo.Models.StackedHourglass;
using Akimbo.Networks.Onnx;
using Akimbo.Networks.Weights;
using Akimbo.Prediction;
using Akimbo.Prediction.Pipelines;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Export;

public sealed class PoseExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("akimbo-export-").FullName;

    public static TheoryData<string> Names => [.. ModelCatalog.Names];

    private string File => Path.Combine(_folder, "model.onnx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Options_EveryModel_MetadataThatCanBeRead(string name)
    {
        var model = ModelCatalog.Create(name);
        var export = new PoseExport(model, model.Architecture.CreateNetwork(), new PoseExportOptions { WithDecoder = true });
        var metadata = export.Options.Metadata.ToDictionary(entry => entry.Key, entry => JsonDocument.Parse(entry.Value).RootElement);

        Assert.Equal(name, metadata["model"].GetString());
        Assert.Equal(model.Skeleton.Keypoints, metadata["keypoints"].EnumerateArray().Select(keypoint => keypoint.GetString()));
        Assert.Equal([export.Width, export.Height], metadata["input_size"].EnumerateArray().Select(length => length.GetInt32()));
        Assert.Equal(model.Normalisation.Mean, metadata["mean"].EnumerateArray().Select(value => value.GetSingle()));
        Assert.Equal(model.Normalisation.Std, metadata["std"].EnumerateArray().Select(value => value.GetSingle()));
        foreach (var pair in metadata["flip_pairs"].EnumerateArray())
            Assert.Equal(pair[1].GetInt32(), model.Skeleton.FlipIndices[pair[0].GetInt32()]);
        Assert.Equal(model.Skeleton.FlipIndices.Index().Count(pair => pair.Index != pair.Item), 2 * metadata["flip_pairs"].GetArrayLength());
        Assert.Equal(model.Task is TopDownTask, export.GivesKeypoints);
        Assert.Equal(export.GivesKeypoints, metadata["decoder_included"].GetBoolean());
    }

    [Theory]
    [InlineData(HeatmapDecoding.Dark)]
    [InlineData(HeatmapDecoding.Unbiased)]
    public void Options_DecodingWithoutOperators_HeatmapsOnly(HeatmapDecoding decoding)
    {
        var model = Small(decoding);

        Assert.False(new PoseExport(model, model.Architecture.CreateNetwork(), new PoseExportOptions { WithDecoder = true }).GivesKeypoints);
    }

    [Fact]
    public void Constructor_SizeThatTheNetworkCannotTake_Refused()
    {
        var model = ModelCatalog.Create("hourglass-2");

        Assert.Throws<ArgumentException>(() => new PoseExport(model, model.Architecture.CreateNetwork(), new PoseExportOptions { InputSize = (100, 100) }));
    }

    [OnnxRuntimeFact]
    public void Save_WithDecoder_RuntimeFindsTheCodecsKeypoints()
    {
        foreach (var decoding in (HeatmapDecoding[])[HeatmapDecoding.Princeton, HeatmapDecoding.Bearpaw, HeatmapDecoding.HighResolution, HeatmapDecoding.Integral])
        {
            var model = Small(decoding);
            var network = model.Architecture.CreateNetwork();
            network.FillRandomly(seed: 4);
            var export = new PoseExport(model, network, new PoseExportOptions { WithDecoder = true, DynamicBatch = true });
            export.Save(File);
            byte[] pixels = new byte[2 * 64 * 64 * 3];
            new Random(9).NextBytes(pixels);

            var outputs = OnnxRuntimePeer.Find()!.Run(File, new Dictionary<string, StoredTensor> { ["image"] = StoredTensor.Create<byte>([2, 64, 64, 3], pixels) });

            var (keypoints, heatmaps) = (outputs["keypoints"], outputs[$"output_{export.Graph.Outputs.Count - 1}"]);
            int count = model.Skeleton.Keypoints.Count, height = heatmaps.Shape[2], width = heatmaps.Shape[3];
            var codec = TopDownPipeline.MakeCodec((TopDownTask)model.Task);
            Assert.Equal([2, count, 3], keypoints.Shape);
            for (int n = 0; n < 2; n++)
            {
                var expected = codec.Decode(heatmaps.Span.Slice(n * count * height * width, count * height * width), height, width);
                for (int k = 0; k < count; k++)
                {
                    var point = codec.HeatmapToInput.Apply(expected[k].Position);
                    var found = keypoints.Span.Slice((n * count + k) * 3, 3);
                    Assert.True(
                        Math.Abs(found[0] - point.X) < 1e-3 && Math.Abs(found[1] - point.Y) < 1e-3 && Math.Abs(found[2] - expected[k].Score) < 1e-5,
                        $"{decoding}, keypoint {k} of {n}: ({found[0]}, {found[1]}) {found[2]}, expected {point} {expected[k].Score}");
                }
            }

            Assert.InRange(ExportComparison.LargestDifference(export, File, OnnxRuntimePeer.Find()!), 0, ExportComparison.Tolerance);
        }
    }

    private static PoseModel Small(HeatmapDecoding decoding) => ModelCatalog.Create("hourglass-2") with
    {
        Architecture = new StackedHourglassOptions { Stacks = 2, Channels = 8 },
        Task = new TopDownTask { InputWidth = 64, InputHeight = 64, Decoding = decoding },
    };
}
