using Akimbo.Models.AssociativeEmbedding;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Models.HighResolution;
using Akimbo.Models.PoseResNet;
using Akimbo.Models.StackedHourglass;
using Akimbo.Networks;

namespace Akimbo.Tests.Models;

/// <summary>The networks that numbers were recorded of, by the names of their files.</summary>
internal static class PublishedNetworks
{
    public static Network Create(string name) => name switch
    {
        "princeton_hg_2" => new StackedHourglass(StackedHourglassOptions.TwoStacks),
        "princeton_hg_8" => new StackedHourglass(StackedHourglassOptions.EightStacks),
        "bearpaw_hg_s2_b1" => new BearpawHourglass(BearpawHourglassOptions.TwoStacks),
        "bearpaw_hg_s8_b1" => new BearpawHourglass(BearpawHourglassOptions.EightStacks),
        "hrnet_w32" => new HighResolutionNet(HighResolutionOptions.W32),
        "hrnet_w48" => new HighResolutionNet(HighResolutionOptions.W48),
        "pose_ae_4" => new AssociativeEmbeddingNet(),
        "pose_resnet_50" => new PoseResNet(PoseResNetOptions.ResNet50),
        "pose_resnet_101" => new PoseResNet(PoseResNetOptions.ResNet101),
        "pose_resnet_152" => new PoseResNet(PoseResNetOptions.ResNet152),
        _ => throw new ArgumentException($"No numbers were recorded of {name}.", nameof(name)),
    };

    /// <summary>The narrow network whose weights a checkpoint file holds.</summary>
    public static Network CreateNarrow(string checkpoint) => checkpoint switch
    {
        "princeton_hg.pt" or "princeton_hg_legacy.pt" or "princeton_hg_checkpoint.pt" =>
            new StackedHourglass(new StackedHourglassOptions { Stacks = 2, Channels = 8 }),
        "bearpaw_hg_narrow.pth.tar" => new BearpawHourglass(new BearpawHourglassOptions { StemChannels = 8, Features = 16 }),
        "hrnet_narrow.pth" => new HighResolutionNet(new HighResolutionOptions { BranchChannels = [2, 4, 8, 16] }),
        "pose_ae.pth.tar" => new AssociativeEmbeddingNet(new AssociativeEmbeddingNetOptions { Stacks = 2, Channels = 16, Increase = 8 }),
        _ => throw new ArgumentException($"No network is known for {checkpoint}.", nameof(checkpoint)),
    };
}
