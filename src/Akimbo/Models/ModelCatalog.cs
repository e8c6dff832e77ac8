using Akimbo.Codecs;
using Akimbo.Models.AssociativeEmbedding;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Models.HighResolution;
using Akimbo.Models.LitePose;
using Akimbo.Models.PoseResNet;
using Akimbo.Models.StackedHourglass;
using Akimbo.Prediction;
using Akimbo.Skeletons;
using Akimbo.Tensors.Text;

namespace Akimbo.Models;

/// <summary>The models that Akimbo knows by name, with the settings they were published with.</summary>
public static class ModelCatalog
{
    private static readonly Normalisation BearpawMean = new(mean: [0.4404f, 0.4440f, 0.4327f], std: [1, 1, 1]);

    /// <summary>The names that <see cref="Create"/> takes.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "lite-pose", "associative-embedding",
        "hourglass-2", "hourglass-8", "bearpaw-hourglass-1", "bearpaw-hourglass-2", "bearpaw-hourglass-8",
        "hrnet-w32", "hrnet-w32-384", "hrnet-w48", "hrnet-w48-384", "hrnet-w32-mpii",
        "pose-resnet-50", "pose-resnet-101", "pose-resnet-152", "integral-resnet-50", "integral-resnet-101",
    ];

    /// <summary>Makes a model.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such model; the message names the nearest.</exception>
    public static PoseModel Create(string name) => name switch
    {
        "lite-pose" => new PoseModel
        {
            Name = name,
            Description = "LitePose-Auto, bottom-up, CrowdPose",
            Architecture = new LitePoseOptions(),
            Skeleton = CrowdPose14.Skeleton,
            Normalisation = Normalisation.ImageNet,
            Task = new BottomUpTask { InputSize = new InputSizeRule(shortSide: 448, multiple: 64), Grouping = AssociativeEmbeddingOptions.LitePose },
        },
        "associative-embedding" => new PoseModel
        {
            Name = name,
            Description = "pose-ae-train, four stacks, bottom-up, COCO",
            Architecture = new AssociativeEmbeddingNetOptions(),
            Skeleton = Coco17.Skeleton,
            Normalisation = Normalisation.UnitRange,
            Task = new SquareBottomUpTask(),
        },
        "hourglass-2" => Hourglass(name, StackedHourglassOptions.TwoStacks, Normalisation.UnitRange, HeatmapDecoding.Princeton, "princeton-vl"),
        "hourglass-8" => Hourglass(name, StackedHourglassOptions.EightStacks, Normalisation.UnitRange, HeatmapDecoding.Princeton, "princeton-vl"),
        "bearpaw-hourglass-1" => Hourglass(name, BearpawHourglassOptions.OneStack, BearpawMean, HeatmapDecoding.Bearpaw, "pytorch-pose"),
        "bearpaw-hourglass-2" => Hourglass(name, BearpawHourglassOptions.TwoStacks, BearpawMean, HeatmapDecoding.Bearpaw, "pytorch-pose"),
        "bearpaw-hourglass-8" => Hourglass(name, BearpawHourglassOptions.EightStacks, BearpawMean, HeatmapDecoding.Bearpaw, "pytorch-pose"),
        "hrnet-w32" => TopDown(name, HighResolutionOptions.W32, width: 192, height: 256, "HRNet"),
        "hrnet-w32-384" => TopDown(name, HighResolutionOptions.W32, width: 288, height: 384, "HRNet"),
        "hrnet-w48" => TopDown(name, HighResolutionOptions.W48, width: 192, height: 256, "HRNet"),
        "hrnet-w48-384" => TopDown(name, HighResolutionOptions.W48, width: 288, height: 384, "HRNet"),
        "hrnet-w32-mpii" => TopDown(name, HighResolutionOptions.W32 with { Keypoints = 16 }, width: 256, height: 256, "HRNet") with
        {
            Skeleton = Mpii16.Skeleton,
            Description = "HRNet, top-down, MPII",
        },
        "pose-resnet-50" => TopDown(name, PoseResNetOptions.ResNet50, width: 192, height: 256, "SimpleBaseline"),
        "pose-resnet-101" => TopDown(name, PoseResNetOptions.ResNet101, width: 192, height: 256, "SimpleBaseline"),
        "pose-resnet-152" => TopDown(name, PoseResNetOptions.ResNet152, width: 192, height: 256, "SimpleBaseline"),
        "integral-resnet-50" => Integral(name, PoseResNetOptions.ResNet50),
        "integral-resnet-101" => Integral(name, PoseResNetOptions.ResNet101),
        _ => throw new ArgumentException($"There is no model '{name}'; there are {string.Join(", ", Names)}.{NearestNames.Suggest(name, Names)}", nameof(name)),
    };

    private static PoseModel Hourglass(string name, INetworkOptions architecture, Normalisation normalisation, HeatmapDecoding decoding, string origin) => new()
    {
        Name = name,
        Description = $"stacked hourglass of {origin}, top-down, MPII",
        Architecture = architecture,
        Skeleton = Mpii16.Skeleton,
        Normalisation = normalisation,
        Task = new TopDownTask { InputWidth = 256, InputHeight = 256, Crop = CropKind.CentreScale, Decoding = decoding },
    };

    private static PoseModel Integral(string name, INetworkOptions architecture) => TopDown(name, architecture, width: 256, height: 256, "integral regression") with
    {
        Task = new TopDownTask { InputWidth = 256, InputHeight = 256, Decoding = HeatmapDecoding.Integral },
    };

    private static PoseModel TopDown(string name, INetworkOptions architecture, int width, int height, string origin) => new()
    {
        Name = name,
        Description = $"{origin}, top-down, COCO",
        Architecture = architecture,
        Skeleton = Coco17.Skeleton,
        Normalisation = Normalisation.ImageNet,
        Task = new TopDownTask { InputWidth = width, InputHeight = height, FlipShift = true },
    };
}
