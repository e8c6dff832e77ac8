using System.Text.Json.Serialization;
using Akimbo.Models.AssociativeEmbedding;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Models.HighResolution;
using Akimbo.Models.LitePose;
using Akimbo.Models.PoseResNet;
using Akimbo.Models.StackedHourglass;
using Akimbo.Networks;

namespace Akimbo.Models;

/// <summary>The sizes of a network: all that is needed to make one without weights.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(LitePoseOptions), "lite-pose")]
[JsonDerivedType(typeof(StackedHourglassOptions), "stacked-hourglass")]
[JsonDerivedType(typeof(BearpawHourglassOptions), "bearpaw-hourglass")]
[JsonDerivedType(typeof(HighResolutionOptions), "hrnet")]
[JsonDerivedType(typeof(AssociativeEmbeddingNetOptions), "associative-embedding")]
[JsonDerivedType(typeof(PoseResNetOptions), "pose-resnet")]
public interface INetworkOptions
{
    /// <summary>Makes the network these sizes describe.</summary>
    /// <exception cref="ArgumentException">The sizes make no network; the message says why.</exception>
    Network CreateNetwork();
}
